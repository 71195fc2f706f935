package io.multicloudboutique.client.errors;

/** The service could not be reached, or the connection broke before the whole answer was there. */
public final class ConnectionException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public ConnectionException(String message, FailedCall call, Throwable cause) {
        super(message, call, cause);
    }
}
