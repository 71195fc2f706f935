package io.multicloudboutique.client.errors;

/** The credentials are valid but do not allow this (403). */
public final class PermissionException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public PermissionException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
