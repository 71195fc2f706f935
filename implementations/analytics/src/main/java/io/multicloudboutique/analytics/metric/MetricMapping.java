package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.analytics.api.MetricDto;
import io.multicloudboutique.analytics.api.MetricSummaryDto;
import io.multicloudboutique.analytics.api.NewMetricDto;

/** Maps between domain records and the generated types of the contract. */
final class MetricMapping {

    private MetricMapping() {}

    static Metric.Draft draft(NewMetricDto request) {
        return new Metric.Draft(request.getTransactionType(), request.getDurationMs(), request.getSuccess());
    }

    static MetricDto toDto(Metric metric) {
        return new MetricDto(
                metric.transactionType(), metric.duration().stripTrailingZeros(), metric.success(), metric.timestamp());
    }

    static MetricSummaryDto toDto(Summary summary) {
        return new MetricSummaryDto(
                summary.transactions(), summary.successes(), summary.failures(), summary.averageDuration());
    }
}
