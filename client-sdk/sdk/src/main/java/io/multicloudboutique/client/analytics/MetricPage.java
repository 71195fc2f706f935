package io.multicloudboutique.client.analytics;

import io.multicloudboutique.client.Page;
import java.time.Instant;
import java.util.List;

/**
 * A page of metrics. Immutable.
 *
 * @param items the metrics of this page, newest first
 * @param summary the summary of all metrics that match the query, on all pages
 * @param completeUntil no metric with an earlier timestamp will appear later. To read each metric once, poll with this time
 *     of the first page as the next {@link MetricQuery#withFrom from}, and skip metrics that are not before it
 */
public record MetricPage(List<Metric> items, MetricSummary summary, Instant completeUntil) implements Page<Metric> {
    /** Copies the list, so that the record is immutable. */
    public MetricPage {
        items = List.copyOf(items);
    }
}
