package io.multicloudboutique.client.errors;

/** No item has this id (404). */
public final class NotFoundException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public NotFoundException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
