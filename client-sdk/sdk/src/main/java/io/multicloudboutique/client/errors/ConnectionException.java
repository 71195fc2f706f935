package io.multicloudboutique.client.errors;

/** The service could not be reached, or the connection broke before the response was complete. */
public final class ConnectionException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public ConnectionException(String message, FailedCall call, Throwable cause) {
        super(message, call, cause);
    }
}
