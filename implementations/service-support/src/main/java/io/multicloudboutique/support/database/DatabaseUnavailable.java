package io.multicloudboutique.support.database;

/** Thrown if a service has no usable database. The message is one line with the reason and the fix. */
public final class DatabaseUnavailable extends RuntimeException {

    /** @param message one line, without credentials */
    public DatabaseUnavailable(String message) {
        super(message);
    }

    /**
     * @param message one line, without credentials
     * @param cause the original error, for the log only
     */
    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
