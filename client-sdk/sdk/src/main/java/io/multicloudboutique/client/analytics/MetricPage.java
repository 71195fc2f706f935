package io.multicloudboutique.client.analytics;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of metrics. Immutable.
 *
 * @param items the metrics of this page, newest first
 * @param summary the summary of all metrics that match the query, on all pages
 */
public record MetricPage(List<Metric> items, MetricSummary summary) implements Page<Metric> {
    /** Copies the list, so that the record is immutable. */
    public MetricPage {
        items = List.copyOf(items);
    }
}
