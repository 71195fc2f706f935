package io.multicloudboutique.client.errors;

/** The item has changed since it was read (412). Nothing was overwritten. Read the item again, then decide. */
public final class PreconditionFailedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public PreconditionFailedException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }
}
