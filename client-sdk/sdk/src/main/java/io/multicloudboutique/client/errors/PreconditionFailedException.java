package io.multicloudboutique.client.errors;

/** It has changed since it was read (412): read it again and decide again. Nothing was overwritten. */
public final class PreconditionFailedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public PreconditionFailedException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
