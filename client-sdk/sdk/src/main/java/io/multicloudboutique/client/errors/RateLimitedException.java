package io.multicloudboutique.client.errors;

import java.time.Duration;
import java.util.Optional;

/** The caller has sent too many requests (429), and the repetitions did not help. */
public final class RateLimitedException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public RateLimitedException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /** How long the service asks to wait before the next call, if it says so in seconds. */
    public Optional<Duration> retryAfter() {
        return retryAfterSeconds();
    }
}
