package io.multicloudboutique.analytics.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.analytics.StoredMetrics;
import io.multicloudboutique.testing.RunningService;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricRetentionTest {

    @RegisterExtension
    static final RunningService analytics = RunningService.of(AnalyticsApplication.class, "analytics");

    @Test
    void oldMetricsAreDeletedAndNoLongerSummarised() {
        StoredMetrics.change(analytics.database(), """
                INSERT INTO analytics.metrics (transaction_type, duration, success, recorded_at)
                SELECT CASE WHEN i % 3 = 0 THEN 'new' ELSE 'old' END, i % 50, i % 2 = 0, now() - interval '91 days'
                FROM generate_series(1, 2500) i
                """);
        analytics
                .client()
                .post("/metrics")
                .json("{\"transactionType\":\"new\",\"durationMs\":7,\"success\":true}")
                .expect(201);

        analytics.restart("boutique.retention.metrics=90d");

        await().untilAsserted(() -> {
            var list = analytics.client().get("/metrics").expect(200).json();
            assertThat(list.path("summary").toString())
                    .isEqualTo("{\"totalTransactions\":1,\"successCount\":1,\"failureCount\":0,\"averageDurationMs\":7,"
                            + "\"p50DurationMs\":7,\"p95DurationMs\":7,\"p99DurationMs\":7}");
            assertThat(list.path("data")).hasSize(1);
        });
        for (var type : List.of("new", "old")) {
            StoredMetrics.assertSummary(
                    analytics
                            .client()
                            .get("/metrics?transactionType=" + type)
                            .expect(200)
                            .json()
                            .path("summary"),
                    analytics.database(),
                    "transaction_type = '" + type + "'");
        }
        StoredMetrics.assertCounted(analytics.database());
    }
}
