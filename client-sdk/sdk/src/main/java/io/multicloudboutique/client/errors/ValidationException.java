package io.multicloudboutique.client.errors;

import java.util.List;

/**
 * The request is malformed or violates a rule of the contract (400). Nothing was changed. The same request will fail
 * again.
 */
public final class ValidationException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public ValidationException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /** The rules that the request violates; empty if the request is malformed. */
    public List<Violation> violations() {
        return problem().map(Problem::violations).orElse(List.of());
    }
}
