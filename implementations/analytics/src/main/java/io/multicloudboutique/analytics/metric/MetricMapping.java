package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.analytics.api.MetricSummary;

/** Between the domain and the contract. */
final class MetricMapping {

    private MetricMapping() {}

    static io.multicloudboutique.analytics.api.Metric toApi(Metric metric) {
        return new io.multicloudboutique.analytics.api.Metric(
                metric.transactionType(), metric.duration().stripTrailingZeros(), metric.success(), metric.timestamp());
    }

    static MetricSummary toApi(Summary summary) {
        return new MetricSummary(
                summary.transactions(), summary.successes(), summary.failures(), summary.averageDuration());
    }
}
