package io.multicloudboutique.client.internal.analytics;

import static io.multicloudboutique.client.internal.http.Wire.each;
import static io.multicloudboutique.client.internal.http.Wire.required;

import io.multicloudboutique.client.analytics.Metric;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.analytics.MetricPage;
import io.multicloudboutique.client.analytics.MetricSummary;

/** Maps the generated types to the public types of the SDK, and back. */
final class AnalyticsMapping {

    private AnalyticsMapping() {}

    static Metric metric(MetricDto wire) {
        return new Metric(
                required(wire.getTransactionType(), "transactionType"),
                required(wire.getDurationMs(), "durationMs"),
                required(wire.getSuccess(), "success"),
                required(wire.getTimestamp(), "timestamp"));
    }

    static MetricPage page(MetricListDto wire) {
        return new MetricPage(
                each(wire.getData(), "data", AnalyticsMapping::metric),
                summary(required(wire.getSummary(), "summary")));
    }

    private static MetricSummary summary(MetricSummaryDto wire) {
        return new MetricSummary(
                required(wire.getTotalTransactions(), "totalTransactions"),
                required(wire.getSuccessCount(), "successCount"),
                required(wire.getFailureCount(), "failureCount"),
                required(wire.getAverageDurationMs(), "averageDurationMs"));
    }

    static MetricDraftDto wire(MetricDraft metric) {
        return new MetricDraftDto()
                .transactionType(metric.transactionType())
                .durationMs(metric.durationMs())
                .success(metric.success());
    }
}
