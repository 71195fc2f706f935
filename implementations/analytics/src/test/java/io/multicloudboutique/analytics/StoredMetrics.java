package io.multicloudboutique.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Compares summaries with the metrics in the table, and counts metrics that a test has written to the table itself. */
public final class StoredMetrics {

    private static final String COUNTED = """
            SELECT coalesce(transaction_type, '') AS type, bucket, count(*) FILTER (WHERE success) AS successes,
                count(*) FILTER (WHERE NOT success) AS failures, sum(duration) AS duration
            FROM analytics.metrics GROUP BY GROUPING SETS ((transaction_type, bucket), (bucket))
            """;

    /** Counts all metrics in the table, as the service does while it adds them. */
    static final String COUNT_ALL = """
            DELETE FROM analytics.durations;
            INSERT INTO analytics.durations (transaction_type, bucket, slot, successes, failures, total_duration)
            SELECT type, bucket, slot, successes, failures, duration
            FROM (%s) AS counted CROSS JOIN (SELECT min(id) AS slot FROM analytics.duration_slots) AS slots;
            """.formatted(COUNTED);

    private StoredMetrics() {}

    /** Executes statements that change the table of metrics, and counts its metrics anew. */
    public static void change(TestDatabase database, String sql) {
        database.execute(sql + ";" + COUNT_ALL);
    }

    /** Asserts that the counted durations are exactly those in the table of metrics. */
    public static void assertCounted(TestDatabase database) {
        var counted = database.rows("""
                SELECT transaction_type AS type, bucket, sum(successes)::bigint AS successes, sum(failures)::bigint AS failures,
                    sum(total_duration) AS duration
                FROM analytics.durations GROUP BY transaction_type, bucket
                HAVING sum(successes) <> 0 OR sum(failures) <> 0 OR sum(total_duration) <> 0
                """);
        assertThat(counted).containsExactlyInAnyOrderElementsOf(database.rows(COUNTED));
    }

    /** Asserts that a summary is that of the stored metrics for which this condition is true. */
    public static void assertSummary(JsonNode summary, TestDatabase database, String condition) {
        var stored = database.rows("""
                        SELECT count(*) AS all, count(*) FILTER (WHERE success) AS good,
                            coalesce(floor(avg(duration) + 0.5), 0)::integer AS average,
                            min(duration) FILTER (WHERE rank >= 0.50 * metrics) AS p50,
                            min(duration) FILTER (WHERE rank >= 0.95 * metrics) AS p95,
                            min(duration) FILTER (WHERE rank >= 0.99 * metrics) AS p99
                        FROM (SELECT success, duration, row_number() OVER (ORDER BY duration) AS rank, count(*) OVER () AS metrics
                            FROM analytics.metrics WHERE %s) AS ranked
                        """.formatted(condition)).get(0);

        assertThat(summary.path("totalTransactions").asLong()).isEqualTo(stored.get("all"));
        assertThat(summary.path("successCount").asLong()).isEqualTo(stored.get("good"));
        assertThat(summary.path("failureCount").asLong())
                .isEqualTo((Long) stored.get("all") - (Long) stored.get("good"));
        assertThat(summary.path("averageDurationMs").asInt()).isEqualTo(stored.get("average"));
        for (var percentile : List.of("p50", "p95", "p99")) {
            assertThat(summary.has(percentile + "DurationMs")).isEqualTo(stored.get(percentile) != null);
            if (stored.get(percentile) instanceof BigDecimal exact) {
                assertPercentile(summary, percentile, exact);
            }
        }
    }

    /** Asserts that a percentile, such as {@code p50}, differs from the exact one by at most 1 %. */
    public static void assertPercentile(JsonNode summary, String percentile, BigDecimal exact) {
        assertThat(summary.path(percentile + "DurationMs")
                        .decimalValue()
                        .subtract(exact)
                        .abs())
                .as("error of the %s of %s, which is exactly %s", percentile, summary, exact)
                .isLessThanOrEqualTo(exact.movePointLeft(2));
    }
}
