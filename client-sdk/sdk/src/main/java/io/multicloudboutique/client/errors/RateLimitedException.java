package io.multicloudboutique.client.errors;

import java.time.Duration;
import java.util.Optional;

/** The caller has sent too many requests (429), and retries did not help. */
public final class RateLimitedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public RateLimitedException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /**
     * The delay that the service requests before the next call; empty if {@code Retry-After} is missing or not in
     * seconds.
     */
    public Optional<Duration> retryAfter() {
        return retryAfterSeconds();
    }
}
