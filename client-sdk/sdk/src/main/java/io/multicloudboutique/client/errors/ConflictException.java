package io.multicloudboutique.client.errors;

/** It contradicts what there is (409); {@link #code()} says in which way. Nothing has changed. */
public class ConflictException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public ConflictException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
