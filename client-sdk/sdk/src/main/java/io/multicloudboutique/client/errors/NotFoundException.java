package io.multicloudboutique.client.errors;

/** There is nothing with this id (404). */
public final class NotFoundException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public NotFoundException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
