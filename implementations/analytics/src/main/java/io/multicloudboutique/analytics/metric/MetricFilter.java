package io.multicloudboutique.analytics.metric;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A filter for metrics. A null component matches every metric.
 *
 * @param from the start of the time range, inclusive
 * @param to the end of the time range, exclusive
 */
record MetricFilter(
        @Nullable String transactionType,
        @Nullable OffsetDateTime from,
        @Nullable OffsetDateTime to) {

    boolean hasTimeRange() {
        return from != null || to != null;
    }
}
