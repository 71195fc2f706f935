package io.multicloudboutique.client;

import java.time.Duration;
import java.util.Optional;

/**
 * The result of an attempt. Only the SDK creates instances. Immutable.
 *
 * @param duration the time from the start of the attempt until the response was complete or the attempt was abandoned
 * @param status the HTTP status; empty if no complete response arrived
 * @param failure the reason why no complete response arrived; empty if a complete response arrived, with any status
 * @param repetition whether another attempt follows and, if not, why
 * @param pause the time that the client waits before the next attempt; empty if no attempt follows
 */
public record AttemptResult(
        Duration duration,
        Optional<Integer> status,
        Optional<Throwable> failure,
        Repetition repetition,
        Optional<Duration> pause) {

    /** Whether another attempt follows and, if not, why. */
    public enum Repetition {
        /** No other attempt follows: the call needs none, or a retry would be unsafe or would end in the same way. */
        NONE,
        /** Another attempt follows after a pause. */
        FOLLOWS,
        /**
         * Another attempt might succeed, but the call has used all its
         * {@linkplain BoutiqueClientBuilder#maxRetries(int) retries}.
         */
        NO_RETRIES_LEFT,
        /**
         * Another attempt might succeed, but would start after the
         * {@linkplain BoutiqueClientBuilder#timeout total timeout}.
         */
        NO_TIME_LEFT,
        /** Another attempt might succeed, but too many calls to this service were retried recently. */
        NO_BUDGET_LEFT
    }
}
