package io.multicloudboutique.analytics;

import static io.multicloudboutique.testing.QueryPlans.cursor;

import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that queries use indexes on a table of one million metrics. */
@Tag(TestDatabase.OWN_SERVER) // reads the plans of PostgreSQL from its log
class QueryPlanTest {

    /** The rows that a summary without a time range reads at most: the buckets of the durations from 0 to 999 ms. */
    private static final int BUCKETS = 340;

    @RegisterExtension
    static final RunningService analytics = RunningService.of(AnalyticsApplication.class, "analytics");

    private static QueryPlans plans;

    @BeforeAll
    static void insertOneMillionMetrics() {
        analytics.database().fill("analytics", """
                INSERT INTO analytics.metrics (transaction_type, duration, success, recorded_at)
                SELECT CASE WHEN i <= 20000 THEN 'old' ELSE 'type ' || i % 100 END, i / 100 % 1000, i % 10 <> 0,
                    timestamptz '2025-01-01T00:00:00Z' + i * interval '30 seconds'
                FROM generate_series(1, 1000000) i;
                """ + StoredMetrics.COUNT_ALL);
        plans = QueryPlans.of(analytics);
    }

    @Test
    void listingAllMetricsUsesIndexes() {
        plans.get("/metrics?limit=50").assertReadByIndex(BUCKETS);
        plans.get("/metrics?limit=50&" + cursor("2025-01-02T00:00:00Z_1", "listMetrics", null, null, null))
                .assertReadByIndex(BUCKETS);
    }

    @Test
    void listingTheMetricsOfADayUsesIndexes() {
        var day = "/metrics?limit=50&from=2025-03-01T00:00:00Z&to=2025-03-02T00:00:00Z";
        plans.get(day).assertPageAndSummary(51);
        plans.get(day + "&"
                        + cursor(
                                "2025-03-01T12:00:00Z_1",
                                "listMetrics",
                                null,
                                "2025-03-01T00:00:00Z",
                                "2025-03-02T00:00:00Z"))
                .assertPageAndSummary(51);
    }

    @Test
    void listingTheMetricsOfATypeUsesIndexes() {
        plans.get("/metrics?limit=50&transactionType=type%207").assertReadByIndex(BUCKETS);
        plans.get("/metrics?limit=50&transactionType=old").assertReadByIndex(BUCKETS);
        plans.get("/metrics?limit=50&transactionType=none").assertReadByIndex(BUCKETS);
    }

    @Test
    void listingTheMetricsOfATypeInAMonthUsesIndexes() {
        plans.get("/metrics?limit=50&transactionType=type%207&from=2025-03-01T00:00:00Z&to=2025-04-01T00:00:00Z")
                .assertPageAndSummary(51);
    }
}
