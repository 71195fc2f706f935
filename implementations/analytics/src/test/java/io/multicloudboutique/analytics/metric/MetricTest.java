package io.multicloudboutique.analytics.metric;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.analytics.StoredMetrics;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import tools.jackson.databind.JsonNode;

class MetricTest {

    private static final int WRITERS = 16;

    @RegisterExtension
    static final RunningService analytics =
            RunningService.of(AnalyticsApplication.class, "analytics", () -> "spring.r2dbc.pool.max-size=" + WRITERS);

    private ContractClient client;

    @BeforeEach
    void connect() {
        client = analytics.client();
    }

    /** Holds after every test. */
    @AfterEach
    void summaryMatchesTheStoredMetrics() {
        StoredMetrics.assertSummary(summary("/metrics"), analytics.database(), "true");
        StoredMetrics.assertCounted(analytics.database());
    }

    @Test
    void initialMetricsAreListedAndTheirAverageIsRoundedHalfUp() {
        var july = client.get("/metrics?from=2025-07-21T07:15:00Z&to=2025-07-21T09:16:30.001%2B02:00")
                .expect(200)
                .json();

        assertThat(july.path("summary").toString())
                .isEqualTo("{\"totalTransactions\":2,\"successCount\":1,\"failureCount\":1,\"averageDurationMs\":148,"
                        + "\"p50DurationMs\":85,\"p95DurationMs\":210,\"p99DurationMs\":210}");
        assertThat(july.path("data").path(0).path("transactionType").asString())
                .as("the newest metric is first")
                .isEqualTo("payment_processing");
        assertThat(july.path("data").path(1).toString())
                .isEqualTo(
                        "{\"transactionType\":\"user_login\",\"durationMs\":85,\"success\":true,\"timestamp\":\"2025-07-21T07:15:00.000Z\"}");
    }

    @Test
    void newMetricHasTheCurrentTimeAndIsListedFirst() {
        var before = OffsetDateTime.now().minusSeconds(1);
        var metric = record("checkout", "150.125", true);

        assertThat(metric.path("durationMs").decimalValue()).isEqualTo("150.125");
        assertThat(OffsetDateTime.parse(metric.path("timestamp").asString()))
                .isBetween(before, OffsetDateTime.now().plusSeconds(1));
        assertThat(client.get("/metrics?limit=1")
                        .expect(200)
                        .json()
                        .path("data")
                        .path(0))
                .isEqualTo(metric);
    }

    @Test
    void fromIsInclusiveAndToIsExclusive() {
        assertThat(count("/metrics?from=2025-07-21T07:15:00Z&to=2025-07-21T07:16:30Z"))
                .isEqualTo(1);
        assertThat(count("/metrics?from=2025-07-21T07:15:00.001Z&to=2025-07-21T07:16:30.001Z"))
                .isEqualTo(1);
        assertThat(count("/metrics?from=2025-07-21T07:15:00.001Z&to=2025-07-21T07:16:30Z"))
                .isZero();
        assertThat(count("/metrics?from=0001-01-01T00:00:00%2B15:59&to=2025-07-21T07:15:00Z"))
                .isZero();
        assertThat(summary("/metrics?to=2025-07-21T07:15:00Z")
                        .path("averageDurationMs")
                        .asInt())
                .as("average duration of no metrics")
                .isZero();
        assertThat(count("/metrics?from=9999-12-31T23:59:59-15:59")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-07-20T10:00:00-18:00_1",
                "2025-07-20T10:00:00-17:59:59_1",
                "2025-07-20T10:00:00+16:00_1",
                "0000-12-31T00:00:00Z_1",
                "2025-02-30T00:00:00Z_1",
                "2025-07-20_1",
                "-0001-01-01_1",
                "_1",
                "1",
                "2025-07-20T10:00:00Z_",
                "2025-07-20T10:00:00Z_x"
            })
    void invalidCursorIsRejected(String key) {
        client.get("/metrics?" + QueryPlans.cursor(key, "listMetrics", null, null, null))
                .expectProblem(400, "validation-failed");
    }

    @Test
    void typeFilterAppliesToPagesAndSummary() {
        var type = UUID.randomUUID().toString();
        for (int i = 1; i <= 5; i++) {
            record(type, Integer.toString(i), i != 3);
            record("other", "1000", false);
        }
        var list = "/metrics?limit=2&transactionType=" + type;

        assertThat(summary(list).toString())
                .isEqualTo("{\"totalTransactions\":5,\"successCount\":4,\"failureCount\":1,\"averageDurationMs\":3,"
                        + "\"p50DurationMs\":3,\"p95DurationMs\":5,\"p99DurationMs\":5}");
        assertThat(durations(list)).containsExactly(5, 4, 3, 2, 1);
    }

    @Test
    void theSummaryOfNoMetricsHasNoPercentiles() {
        for (var list : List.of("/metrics?transactionType=none", "/metrics?to=2020-01-01T00:00:00Z")) {
            assertThat(summary(list).toString())
                    .isEqualTo(
                            "{\"totalTransactions\":0,\"successCount\":0,\"failureCount\":0,\"averageDurationMs\":0}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.001", "0.002", "0.999", "1", "85.125", "86399999.999", "86400000"})
    void thePercentilesOfEqualDurationsAreExact(String duration) {
        var type = "always " + duration;
        for (int i = 0; i < 3; i++) {
            record(type, duration, true);
        }
        for (var list : listsOf(type)) {
            for (var percentile : List.of("p50DurationMs", "p95DurationMs", "p99DurationMs")) {
                assertThat(summary(list).path(percentile).decimalValue()).isEqualByComparingTo(duration);
            }
        }
    }

    @Test
    void percentilesHaveAnErrorOfAtMostOnePercent() {
        StoredMetrics.change(analytics.database(), """
                INSERT INTO analytics.metrics (transaction_type, duration, success)
                SELECT 'spread ' || i % 20, trunc(86400000 * power(1e-11, mod(i * 0.6180339887, 1)), 3), i % 3 = 0
                FROM generate_series(1, 4000) i;
                INSERT INTO analytics.metrics (transaction_type, duration, success)
                SELECT 'spread ' || i, duration, true
                FROM generate_series(0, 19, 2) i, unnest(ARRAY[0, 0.001, 86400000]) AS duration
                """);
        for (int i = 0; i < 20; i++) {
            var type = "spread " + i;
            for (var list : listsOf(type)) {
                StoredMetrics.assertSummary(summary(list), analytics.database(), "transaction_type = '" + type + "'");
            }
        }
    }

    /** The extremes are the lowest and the highest duration of each bucket. */
    @Test
    void theDurationsOfABucketDifferByAtMostOnePercentAndBucketsAreInTheOrderOfDurations() {
        StoredMetrics.change(analytics.database(), """
                INSERT INTO analytics.metrics (transaction_type, duration, success)
                SELECT 'extremes', thousandths / 1000, true
                FROM (SELECT floor(power(1.01::numeric, k)) + extreme AS thousandths
                    FROM generate_series(0, 2530) k, generate_series(0, 1) extreme) AS extremes;
                INSERT INTO analytics.metrics (transaction_type, duration, success) VALUES
                    ('extremes', 0, true), ('extremes', 86400000, true)
                """);
        var buckets = analytics.database().rows("""
                SELECT bucket, min(duration) AS low, max(duration) AS high,
                    coalesce(lag(max(duration)) OVER (ORDER BY bucket), -1) AS highest_below
                FROM analytics.metrics WHERE transaction_type = 'extremes' GROUP BY bucket
                """);
        assertThat(buckets).hasSizeGreaterThan(1500).allSatisfy(bucket -> {
            var low = (BigDecimal) bucket.get("low");
            assertThat((BigDecimal) bucket.get("high")).isLessThanOrEqualTo(low.multiply(new BigDecimal("1.01")));
            assertThat((BigDecimal) bucket.get("highest_below")).isLessThan(low);
        });
        for (var list : listsOf("extremes")) {
            StoredMetrics.assertSummary(summary(list), analytics.database(), "transaction_type = 'extremes'");
        }
    }

    /** Returns the list of a type without a time range, and with one that contains all its metrics. */
    private static List<String> listsOf(String type) {
        var list = "/metrics?transactionType=" + type.replace(" ", "%20");
        return List.of(list, list + "&from=2025-01-01T00:00:00Z");
    }

    @Test
    void metricsWithTheSameTimestampAreListedOnceEach() {
        StoredMetrics.change(analytics.database(), """
                INSERT INTO analytics.metrics (transaction_type, duration, success, recorded_at)
                SELECT 'same', n, true, '2024-01-01T00:00:00Z' FROM generate_series(1, 5) n
                """);
        assertThat(durations("/metrics?limit=2&to=2024-02-01T00:00:00Z"))
                .hasSize(5)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(reverseOrder());
    }

    @Test
    void retryWithTheSameKeyRecordsOneMetric() {
        var key = UUID.randomUUID().toString();
        var responses = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            responses.add(client.post("/metrics")
                    .header("Idempotency-Key", key)
                    .json(metric("twice", "1", true))
                    .expect(201)
                    .body());
        }

        assertThat(responses.get(1)).isEqualTo(responses.get(0));
        assertThat(count("/metrics?transactionType=twice")).isEqualTo(1);
    }

    /**
     * All writers write before any of them commits. A writer that waited for another writer would therefore never
     * finish.
     */
    @Test
    void concurrentWritersDoNotWaitForEachOther() {
        var metrics = analytics.bean(MetricRepository.class);
        var transactions = analytics.bean(Transactions.class);
        var written = new AtomicInteger();
        var allHaveWritten = Sinks.<Boolean>one();
        var writer = Mono.defer(() ->
                transactions.run(metrics.addAll(List.of(new Metric.Draft("busy", BigDecimal.ONE, true)))
                        .doOnNext(added -> {
                            if (written.incrementAndGet() == WRITERS) {
                                allHaveWritten.tryEmitValue(true);
                            }
                        })
                        .then(allHaveWritten.asMono())));

        Flux.range(0, WRITERS).flatMap(i -> writer, WRITERS).then().block(Duration.ofSeconds(30));

        assertThat(count("/metrics?transactionType=busy")).isEqualTo(WRITERS);
        assertThat(slots()).as("one for each concurrent writer").hasSize(WRITERS);
        record("quiet", "1", true);
        assertThat(slots()).as("existing slots are reused").hasSize(WRITERS);
    }

    @Test
    void metricsWhoseBatchFailsBecauseOfAnotherMetricAreCountedOnce() throws Exception {
        analytics
                .database()
                .execute("ALTER TABLE analytics.metrics ADD CONSTRAINT refused CHECK (transaction_type <> 'refused')");
        var attempts = failedAttempts();
        try {
            Clients.<Void>simultaneously(12, i -> () -> {
                for (int n = 0; n < 10; n++) {
                    var refused = i < 6 && n % 4 == 0; // so many, because one alone may have a batch of its own
                    client.post("/metrics")
                            .json(metric(refused ? "refused" : "accepted", Integer.toString(n), true))
                            .expect(refused ? 500 : 201);
                }
                return null;
            });
        } finally {
            analytics.database().execute("ALTER TABLE analytics.metrics DROP CONSTRAINT refused");
        }
        assertThat(failedAttempts() - attempts)
                .as("18 attempts of one metric, and batches that were split")
                .isGreaterThan(18);
        assertThat(count("/metrics?transactionType=accepted")).isEqualTo(102);
        assertThat(count("/metrics?transactionType=refused")).isZero();
    }

    private static double failedAttempts() {
        return analytics
                .scrape()
                .value("boutique_batch_duration_seconds_count", "lane=\"metrics\"", "outcome=\"error\"");
    }

    private List<Integer> durations(String list) {
        return client.allPages(list, "/data").stream()
                .map(metric -> metric.path("durationMs").asInt())
                .toList();
    }

    private List<?> slots() {
        return analytics.database().rows("SELECT FROM analytics.duration_slots");
    }

    private JsonNode record(String type, String duration, boolean success) {
        return client.post("/metrics")
                .json(metric(type, duration, success))
                .expect(201)
                .json();
    }

    private int count(String list) {
        return summary(list).path("totalTransactions").asInt();
    }

    private JsonNode summary(String list) {
        return client.get(list).expect(200).json().path("summary");
    }

    private static String metric(String type, String duration, boolean success) {
        return "{\"transactionType\":\"" + type + "\",\"durationMs\":" + duration + ",\"success\":" + success + "}";
    }

    @Test
    void aCursorBelongsToTheFiltersOfItsList() {
        var july = "/metrics?from=2025-07-21T07:00:00Z&to=2025-07-22T00:00:00Z";
        CursorPromises.assertBound(client, "/metrics", july, "/metrics?transactionType=user_login");
        CursorPromises.assertBound(
                client,
                july,
                "/metrics",
                "/metrics?from=2025-07-21T07:00:00Z",
                "/metrics?to=2025-07-21T07:00:00Z",
                "/metrics?from=2025-07-21T07:00:00Z&to=2025-07-22T00:00:01Z",
                july + "&transactionType=user_login");
        // The same time can be written in several ways.
        client.get("/metrics?from=2025-07-21T09:00:00%2B02:00&to=2025-07-22T00:00:00.000Z&cursor="
                        + CursorPromises.after(client, july))
                .expect(200);
    }
}
