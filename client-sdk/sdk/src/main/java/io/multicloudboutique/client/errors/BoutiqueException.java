package io.multicloudboutique.client.errors;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed; the base of all that a call throws, but for mistakes in its arguments. Its message says what happened
 * to which call, without personal data of the query and without credentials.
 */
public abstract class BoutiqueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient FailedCall call;

    BoutiqueException(String message, FailedCall call, @Nullable Throwable cause) {
        super(call + " failed: " + message, cause);
        this.call = call;
    }

    /** Which call failed. */
    public FailedCall call() {
        return call;
    }

    /** The id of the request, which is in the service's log if it got there. */
    public String requestId() {
        return call.requestId();
    }

    /**
     * Whether the service may have done what it was asked for, in any of the attempts. If it may, and the call was a POST,
     * make it again with the {@linkplain FailedCall#idempotencyKey() same key}: it has one effect.
     */
    public boolean mayHaveTakenEffect() {
        return call.mayHaveTakenEffect();
    }

    /** The HTTP status; empty if there was no answer. */
    public Optional<Integer> status() {
        return Optional.empty();
    }

    /** What the service says; empty if there was no answer, or one that is not the service's. */
    public Optional<Problem> problem() {
        return Optional.empty();
    }
}
