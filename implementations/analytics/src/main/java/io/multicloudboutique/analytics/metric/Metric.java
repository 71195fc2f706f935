package io.multicloudboutique.analytics.metric;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * The measurement of one transaction.
 *
 * @param duration the duration in milliseconds, with up to three decimal places
 */
record Metric(long id, String transactionType, BigDecimal duration, boolean success, OffsetDateTime timestamp) {

    /** The fields of a metric that clients set. */
    record Draft(String transactionType, BigDecimal duration, boolean success) {}
}
