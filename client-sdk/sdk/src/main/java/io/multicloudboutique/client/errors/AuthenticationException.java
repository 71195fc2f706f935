package io.multicloudboutique.client.errors;

/** Credentials are missing or not valid (401). */
public final class AuthenticationException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public AuthenticationException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
