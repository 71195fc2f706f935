package io.multicloudboutique.client.analytics;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;

/**
 * How transactions went. The methods are named after the contract's operations.
 * They throw a {@link BoutiqueException} when they fail. Thread-safe.
 */
public interface AnalyticsClient extends ServiceClient {

    /** Lists the metrics, newest first, with the sum of them all. */
    default Pages<Metric, MetricPage> listMetrics() {
        return listMetrics(MetricQuery.all());
    }

    /** Lists the metrics that the query matches, newest first, with their sum. */
    Pages<Metric, MetricPage> listMetrics(MetricQuery query);

    /** Records the metric of a transaction. */
    Metric createMetric(NewMetric metric);

    /**
     * Records the metric of a transaction. With the same key and the same metric, it has one effect, however often it is
     * called within 24 hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    Metric createMetric(NewMetric metric, String idempotencyKey);
}
