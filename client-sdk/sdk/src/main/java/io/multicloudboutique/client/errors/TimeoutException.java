package io.multicloudboutique.client.errors;

/** The response did not arrive in time: within the connect timeout, the request timeout or the total timeout. */
public final class TimeoutException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public TimeoutException(String message, FailedCall call, Throwable cause) {
        super(message, call, cause);
    }
}
