package io.multicloudboutique.client.errors;

/** The idempotency key belongs to an earlier request with another body (422). Nothing has changed. */
public final class IdempotencyKeyReusedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public IdempotencyKeyReusedException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
