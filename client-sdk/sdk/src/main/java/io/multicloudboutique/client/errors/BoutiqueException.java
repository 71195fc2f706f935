package io.multicloudboutique.client.errors;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call failed. This is the base class of all exceptions that a call throws, except those for invalid arguments. The
 * message names the call and the reason. It contains no credentials, and no personal data from the query. If a proxy
 * has sent the response, the message quotes its first line. All exceptions survive Java serialization.
 */
public abstract class BoutiqueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final FailedCall call;

    BoutiqueException(String message, FailedCall call, @Nullable Throwable cause) {
        super(call + " failed: " + message, cause);
        this.call = call;
    }

    /** The failed call. */
    public FailedCall call() {
        return call;
    }

    /** The request id. If the request reached the service, the id is also in the service's log. */
    public String requestId() {
        return call.requestId();
    }

    /**
     * Whether any attempt of the call may have taken effect. If so, and if the call was a POST, repeat the call with
     * the {@linkplain FailedCall#idempotencyKey() same idempotency key}: all its attempts together take effect once.
     */
    public boolean mayHaveTakenEffect() {
        return call.mayHaveTakenEffect();
    }

    /** The HTTP status; empty if no response arrived. */
    public Optional<Integer> status() {
        return Optional.empty();
    }

    /**
     * The problem details from the service; empty if no response arrived, or if the response does not come from the
     * service.
     */
    public Optional<Problem> problem() {
        return Optional.empty();
    }
}
