package io.multicloudboutique.client.analytics;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of the metrics.
 *
 * @param items the metrics of this page, newest first
 * @param summary the sum of all that the query matches
 */
public record MetricPage(List<Metric> items, MetricSummary summary) implements Page<Metric> {
    /** Copies the lists. */
    public MetricPage {
        items = List.copyOf(items);
    }
}
