package io.multicloudboutique.client.internal.http;

import java.time.Duration;
import java.util.Objects;

/** Checks the time limits that an application sets. */
public final class Timeouts {

    /** The JDK's client measures in milliseconds. */
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** The services keep idempotency keys for 24 hours. Attempts that are further apart might take effect twice. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private Timeouts() {}

    /**
     * Returns the timeout.
     *
     * @param option the name of the option, for the message of the exception
     * @throws IllegalArgumentException if the timeout is not 1 millisecond to 24 hours
     */
    public static Duration checked(String option, Duration timeout) {
        Objects.requireNonNull(timeout, option);
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(option + " must be 1 millisecond to 24 hours, but is " + timeout + ".");
        }
        return timeout;
    }
}
