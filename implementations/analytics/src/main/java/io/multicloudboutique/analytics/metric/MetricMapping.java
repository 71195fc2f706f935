package io.multicloudboutique.analytics.metric;

import io.multicloudboutique.analytics.api.MetricDraftDto;
import io.multicloudboutique.analytics.api.MetricDto;
import io.multicloudboutique.analytics.api.MetricSummaryDto;

/** Maps between domain records and the generated types of the contract. */
final class MetricMapping {

    private MetricMapping() {}

    static Metric.Draft draft(MetricDraftDto request) {
        return new Metric.Draft(request.getTransactionType(), request.getDurationMs(), request.getSuccess());
    }

    static MetricDto toDto(Metric metric) {
        return new MetricDto(
                metric.transactionType(), metric.duration().stripTrailingZeros(), metric.success(), metric.timestamp());
    }

    static MetricSummaryDto toDto(Summary summary) {
        return new MetricSummaryDto(
                        summary.transactions(), summary.successes(), summary.failures(), summary.averageDuration())
                .p50DurationMs(summary.p50())
                .p95DurationMs(summary.p95())
                .p99DurationMs(summary.p99());
    }
}
