package io.multicloudboutique.client.errors;

/** The idempotency key was already used for a request with a different body (422). Nothing was changed. */
public final class IdempotencyKeyReusedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public IdempotencyKeyReusedException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
