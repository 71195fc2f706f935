package io.multicloudboutique.client.analytics;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;

/**
 * The client for the analytics service, which manages performance metrics of transactions. The methods are named after
 * the operations in the contract. They throw a {@link BoutiqueException} if a call fails. Thread-safe.
 */
public interface AnalyticsClient extends ServiceClient {

    /** Lists all metrics, newest first, with their summary. */
    default Pages<Metric, MetricPage> listMetrics() {
        return listMetrics(MetricQuery.all());
    }

    /** Lists the metrics that match the query, newest first, with their summary. */
    Pages<Metric, MetricPage> listMetrics(MetricQuery query);

    /** Records the metric of a transaction. */
    Metric createMetric(MetricDraft metric);

    /**
     * Records the metric of a transaction. Calls with the same key and the same metric take effect once within 24
     * hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    Metric createMetric(MetricDraft metric, String idempotencyKey);
}
