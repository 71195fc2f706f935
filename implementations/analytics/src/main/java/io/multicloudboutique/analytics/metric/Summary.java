package io.multicloudboutique.analytics.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * The summary of a set of metrics.
 *
 * @param duration the total duration, in milliseconds
 * @param p50 the median duration in milliseconds, with an error of at most 1 %; null if there are no metrics
 * @param p95 the 95th percentile of the durations, like {@code p50}
 * @param p99 the 99th percentile of the durations, like {@code p50}
 * @param completeUntil no metric with an earlier timestamp can become visible after this summary was read
 */
record Summary(
        long successes,
        long failures,
        BigDecimal duration,
        @Nullable BigDecimal p50,
        @Nullable BigDecimal p95,
        @Nullable BigDecimal p99,
        OffsetDateTime completeUntil) {

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
