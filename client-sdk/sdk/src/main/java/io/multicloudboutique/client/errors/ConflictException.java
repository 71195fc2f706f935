package io.multicloudboutique.client.errors;

/**
 * The request conflicts with the current state (409). {@link #code()} identifies the conflict. This request changed
 * nothing; with {@link ProblemCode#REQUEST_IN_PROGRESS}, an earlier request with the same key may still take effect.
 */
public class ConflictException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public ConflictException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
