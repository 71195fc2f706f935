package io.multicloudboutique.client.errors;

/** The credentials are missing or not valid (401). */
public final class AuthenticationException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public AuthenticationException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
