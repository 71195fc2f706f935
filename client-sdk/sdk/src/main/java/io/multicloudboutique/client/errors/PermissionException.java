package io.multicloudboutique.client.errors;

/** The credentials are valid but do not permit the operation (403). */
public final class PermissionException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public PermissionException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
