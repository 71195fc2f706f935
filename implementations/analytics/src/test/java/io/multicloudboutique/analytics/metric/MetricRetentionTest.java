package io.multicloudboutique.analytics.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetricRetentionTest {

    @RegisterExtension
    static final RunningService analytics = RunningService.of(AnalyticsApplication.class, "analytics");

    @Test
    void oldMetricsAreDeletedAndNoLongerSummarised() {
        analytics.database().execute("""
                INSERT INTO analytics.metrics (transaction_type, duration, success, recorded_at)
                SELECT 'old', 2, i % 2 = 0, now() - interval '91 days' FROM generate_series(1, 2500) i;
                INSERT INTO analytics.totals (name, items, amount) VALUES ('successes', 1250, 2500), ('failures', 1250, 2500)
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
                    .isEqualTo(
                            "{\"totalTransactions\":1,\"successCount\":1,\"failureCount\":0,\"averageDurationMs\":7}");
            assertThat(list.path("data")).hasSize(1);
        });
    }
}
