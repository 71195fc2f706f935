package io.multicloudboutique.analytics.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.analytics.StoredMetrics;
import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TwoInstancesPromises;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class TwoInstancesTest extends TwoInstancesPromises {

    @RegisterExtension
    static final RunningService analytics = RunningService.of(AnalyticsApplication.class, "analytics");

    TwoInstancesTest() {
        super(analytics, new Items("/metrics", "/data", "metrics", n -> metric("type " + n, n)));
    }

    @AfterEach
    void bothInstancesReturnTheSummaryOfTheStoredMetrics() {
        for (var instance : instances()) {
            StoredMetrics.assertSummary(
                    instance.get("/metrics").expect(200).json().path("summary"), database(), "true");
        }
        StoredMetrics.assertCounted(database());
    }

    @Test
    void theSummaryOfEitherInstanceHasAllThatBothHaveRecorded() throws Exception {
        var before = total("/metrics");
        var each = 15;
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            var own = "/metrics?transactionType=client-" + i;
            var seen = before;
            for (int n = 1; n <= each; n++) {
                any().post("/metrics").json(metric("client-" + i, n)).expect(201);
                assertThat(total(own)).isEqualTo(n);
                var all = total("/metrics");
                assertThat(all).isGreaterThanOrEqualTo(Math.max(seen, before + n));
                seen = all;
            }
            return null;
        });
        assertThat(total("/metrics")).isEqualTo(before + (long) CLIENTS * each);
    }

    @Test
    void aListAndItsSummaryAgreeWhileBothInstancesWrite() throws Exception {
        StoredMetrics.change(database(), "DELETE FROM analytics.metrics");
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            for (int n = 0; n < 10; n++) { // fewer than the 200 metrics of a page
                if (i % 4 == 0) {
                    summarizes(any().get("/metrics?limit=200").expect(200).json());
                    summarizes(any().get("/metrics?limit=200&transactionType=type")
                            .expect(200)
                            .json());
                } else {
                    any().post("/metrics")
                            .json(metric(n % 2 == 0 ? "type" : "other", nextNumber()))
                            .expect(201);
                }
            }
            return null;
        });
    }

    private static void summarizes(JsonNode list) {
        var metrics =
                StreamSupport.stream(list.path("data").spliterator(), false).toList();
        var summary = list.path("summary");
        assertThat(summary.path("totalTransactions").asLong()).isEqualTo(metrics.size());
        assertThat(summary.path("successCount").asLong())
                .isEqualTo(metrics.stream()
                        .filter(metric -> metric.path("success").asBoolean())
                        .count());
        assertThat(summary.path("averageDurationMs").asLong())
                .isEqualTo(Math.round(metrics.stream()
                        .mapToLong(metric -> metric.path("durationMs").asLong())
                        .average()
                        .orElse(0)));
        var durations = metrics.stream()
                .map(metric -> metric.path("durationMs").decimalValue())
                .sorted()
                .toList();
        Map.of("p50", 50, "p95", 95, "p99", 99).forEach((percentile, percent) -> {
            if (durations.isEmpty()) {
                assertThat(summary.has(percentile + "DurationMs")).isFalse();
            } else {
                StoredMetrics.assertPercentile(
                        summary, percentile, durations.get((durations.size() * percent + 99) / 100 - 1));
            }
        });
    }

    @Test
    void bothInstancesDeleteOldMetricsTogetherWhileBothWrite() throws Exception {
        StoredMetrics.change(database(), """
                INSERT INTO analytics.metrics (transaction_type, duration, success, recorded_at)
                SELECT 'old', i % 20, i % 2 = 0, now() - interval '91 days' FROM generate_series(1, 7500) i
                """);
        var repositories = beans(MetricRepository.class);
        var retained = OffsetDateTime.now().minusDays(90);
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            if (i % 3 == 0) {
                while (repositories.get(i % 2).deleteBefore(retained).block() > 0) {}
            } else {
                for (int n = 0; n < 10; n++) {
                    any().post("/metrics").json(metric("new", n)).expect(201);
                }
            }
            return null;
        });

        assertThat(total("/metrics?transactionType=old")).isZero();
        assertThat(total("/metrics?transactionType=new")).isEqualTo(80);
    }

    /** Returns the number of metrics in the summary of a list, which either instance reads. */
    private long total(String list) {
        return any().get(list)
                .expect(200)
                .json()
                .at("/summary/totalTransactions")
                .asLong();
    }

    private static String metric(String type, int number) {
        return "{\"transactionType\":\"" + type + "\",\"durationMs\":" + number + ",\"success\":" + (number % 3 == 0)
                + "}";
    }
}
