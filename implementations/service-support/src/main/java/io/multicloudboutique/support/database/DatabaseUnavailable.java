package io.multicloudboutique.support.database;

/** The service cannot have a database. The message is one line that says why and what to do. */
public final class DatabaseUnavailable extends RuntimeException {

    /** @param message one line, without credentials */
    public DatabaseUnavailable(String message) {
        super(message);
    }

    /**
     * @param message one line, without credentials
     * @param cause for the log only
     */
    public DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
