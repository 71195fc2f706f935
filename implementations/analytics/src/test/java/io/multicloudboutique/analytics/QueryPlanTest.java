package io.multicloudboutique.analytics;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ExecutedPlans;
import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import java.util.Base64;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With a million metrics whatever is read is read by an index. */
class QueryPlanTest {

    @RegisterExtension
    static final RunningService analytics = RunningService.of(AnalyticsApplication.class, "analytics");

    private static QueryPlans plans;
    private static ContractClient client;

    @BeforeAll
    static void recordAMillionMetrics() {
        analytics.database().execute("""
                INSERT INTO analytics.metrics (transaction_type, duration, success, recorded_at)
                SELECT CASE WHEN i <= 20000 THEN 'old' ELSE 'type ' || i % 100 END, i % 1000, i % 10 <> 0,
                    timestamptz '2025-01-01T00:00:00Z' + i * interval '30 seconds'
                FROM generate_series(1, 1000000) i;

                UPDATE analytics.totals SET items = items + CASE name WHEN 'successes' THEN 900000 ELSE 100000 END
                """);
        plans = QueryPlans.of(analytics);
        client = analytics.client();
    }

    @Test
    void aPageOfMetricsAndTheSummaryOfAll() {
        get("/metrics?limit=50").assertReadByIndex(51);
        get("/metrics?limit=50&cursor=" + cursor("2025-01-02T00:00Z_1")).assertReadByIndex(51);
    }

    @Test
    void theMetricsOfADay() {
        var day = "/metrics?limit=50&from=2025-03-01T00:00:00Z&to=2025-03-02T00:00:00Z";
        assertPageAndSummary(day);
        assertPageAndSummary(day + "&cursor=" + cursor("2025-03-01T12:00Z_1"));
    }

    @Test
    void theMetricsOfAType() {
        assertPageAndSummary("/metrics?limit=50&transactionType=type%207");
        assertPageAndSummary("/metrics?limit=50&transactionType=old");
        assertPageAndSummary("/metrics?limit=50&transactionType=none");
    }

    @Test
    void theMetricsOfATypeInAMonth() {
        assertPageAndSummary("/metrics?limit=50&transactionType=old&from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z");
    }

    private static void assertPageAndSummary(String path) {
        var executed = get(path);
        executed.containing("LIMIT").assertReadByIndex(51);
        executed.containing("count(*)").assertSummarisedByIndex();
    }

    private static ExecutedPlans get(String path) {
        return plans.of(() -> client.get(path).expect(200));
    }

    private static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes());
    }
}
