package io.multicloudboutique.analytics.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;

/**
 * The summary of a set of metrics.
 *
 * @param duration the total duration, in milliseconds
 * @param completeUntil no metric with an earlier timestamp can become visible after this summary was read
 */
record Summary(long successes, long failures, BigDecimal duration, OffsetDateTime completeUntil) {

    long transactions() {
        return successes + failures;
    }

    /** The average duration in milliseconds, rounded half up; 0 if there are no metrics. */
    int averageDuration() {
        return transactions() == 0
                ? 0
                : duration.divide(BigDecimal.valueOf(transactions()), 0, RoundingMode.HALF_UP)
                        .intValueExact();
    }
}
