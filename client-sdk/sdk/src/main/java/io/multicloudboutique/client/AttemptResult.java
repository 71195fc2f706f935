package io.multicloudboutique.client;

import java.time.Duration;
import java.util.Optional;

/**
 * How an attempt ended. Made by the SDK.
 *
 * @param duration from before it was sent until its answer was complete, or it was given up
 * @param status the HTTP status; empty if there was no complete answer
 * @param failure why there was no complete answer; empty if there was one, whatever its status is
 * @param repetition whether another attempt follows, and why not
 * @param pause how long the client waits before that attempt; empty unless one follows
 */
public record AttemptResult(
        Duration duration,
        Optional<Integer> status,
        Optional<Throwable> failure,
        Repetition repetition,
        Optional<Duration> pause) {

    /** Whether another attempt follows. */
    public enum Repetition {
        /** None is needed, or it would not be safe, or it would end in the same way. */
        NONE,
        /** Another attempt follows after a pause. */
        FOLLOWS,
        /** Another attempt might succeed, but all that {@link BoutiqueClientBuilder#retries(int)} allows were made. */
        NO_RETRIES_LEFT,
        /** Another attempt might succeed, but would start after {@link BoutiqueClientBuilder#totalTimeout}. */
        NO_TIME_LEFT,
        /** Another attempt might succeed, but too many calls to this service were repeated lately. */
        NO_BUDGET_LEFT
    }
}
