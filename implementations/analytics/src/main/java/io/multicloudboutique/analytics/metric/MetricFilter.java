package io.multicloudboutique.analytics.metric;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Which metrics are meant; what is null does not matter.
 *
 * @param from the first moment
 * @param to the moment after the last
 */
record MetricFilter(
        @Nullable String transactionType,
        @Nullable OffsetDateTime from,
        @Nullable OffsetDateTime to) {

    private static final MetricFilter NONE = new MetricFilter(null, null, null);

    boolean admitsAll() {
        return equals(NONE);
    }
}
