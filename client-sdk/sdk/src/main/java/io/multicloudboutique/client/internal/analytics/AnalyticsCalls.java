package io.multicloudboutique.client.internal.analytics;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.analytics.AnalyticsClient;
import io.multicloudboutique.client.analytics.Metric;
import io.multicloudboutique.client.analytics.MetricDraft;
import io.multicloudboutique.client.analytics.MetricPage;
import io.multicloudboutique.client.analytics.MetricQuery;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;

/** Implements the client for analytics with the generated Feign interface. Thread-safe. */
public final class AnalyticsCalls extends Calls implements AnalyticsClient {

    private final MetricsApi api;

    public AnalyticsCalls(Connection connection) {
        super(connection);
        api = connection.api(MetricsApi.class);
    }

    @Override
    public Pages<Metric, MetricPage> listMetrics(MetricQuery query) {
        return pages(
                cursor -> api.listMetrics(
                        query.transactionType().orElse(null),
                        query.from().orElse(null),
                        query.to().orElse(null),
                        query.pageSize().orElse(null),
                        cursor,
                        blocking()),
                AnalyticsMapping::page);
    }

    @Override
    public Metric createMetric(MetricDraft metric) {
        return answer(
                () -> api.createMetric(AnalyticsMapping.wire(metric), null, blocking()), AnalyticsMapping::metric);
    }

    @Override
    public Metric createMetric(MetricDraft metric, String idempotencyKey) {
        return answer(
                () -> api.createMetric(AnalyticsMapping.wire(metric), key(idempotencyKey), blocking()),
                AnalyticsMapping::metric);
    }
}
