package io.multicloudboutique.client.errors;

import java.util.List;

/**
 * The request cannot be read or breaks a rule of the contract (400). Nothing has changed; the same request will never
 * do.
 */
public final class ValidationException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public ValidationException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /** The rules that it breaks; empty if it could not be read. */
    public List<Violation> violations() {
        return problem().map(Problem::violations).orElse(List.of());
    }
}
