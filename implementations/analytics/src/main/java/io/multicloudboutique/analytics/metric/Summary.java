package io.multicloudboutique.analytics.metric;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What metrics have in common.
 *
 * @param duration of all of them, in milliseconds
 */
record Summary(long successes, long failures, BigDecimal duration) {

    long transactions() {
        return successes + failures;
    }

    /** In milliseconds, a half rounded up; 0 if there is nothing. */
    int averageDuration() {
        return transactions() == 0
                ? 0
                : duration.divide(BigDecimal.valueOf(transactions()), 0, RoundingMode.HALF_UP)
                        .intValueExact();
    }
}
