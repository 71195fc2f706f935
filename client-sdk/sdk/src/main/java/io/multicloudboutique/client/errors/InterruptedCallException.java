package io.multicloudboutique.client.errors;

/** The thread was interrupted while it waited. Its interrupt flag is set again. */
public final class InterruptedCallException extends BoutiqueException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public InterruptedCallException(String message, FailedCall call, Throwable cause) {
        super(message, call, cause);
    }
}
