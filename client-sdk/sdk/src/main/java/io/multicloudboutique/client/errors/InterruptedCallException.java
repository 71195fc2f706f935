package io.multicloudboutique.client.errors;

/** The thread was interrupted while it waited. Its interrupt flag is still set. */
public final class InterruptedCallException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public InterruptedCallException(String message, FailedCall call, Throwable cause) {
        super(message, call, cause);
    }
}
