package io.multicloudboutique.client.errors;

/** The answer was not there in time: within the timeout of a connection, of an attempt, or of the whole call. */
public final class TimeoutException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public TimeoutException(String message, FailedCall call, Throwable cause) {
        super(message, call, cause);
    }
}
