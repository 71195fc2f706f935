package io.multicloudboutique.analytics.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.ServiceProcess;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/** A client that reads each metric once, as the contract describes it, while others record metrics. */
class PollingTest {

    @RegisterExtension
    static final RunningService analytics =
            RunningService.of(AnalyticsApplication.class, "analytics", () -> "spring.r2dbc.pool.max-size=64");

    private final String type = UUID.randomUUID().toString();
    private ContractClient client;
    private Poller poller;

    @BeforeEach
    void connect() {
        client = analytics.client();
        poller = new Poller();
    }

    /** Follows the advice of the contract. Reads three metrics a page, so that metrics appear between its pages. */
    private final class Poller {

        private final List<String> seen = new ArrayList<>();
        private String from = "2026-01-01T00:00:00Z";

        void poll(ContractClient instance) {
            var window = "/metrics?limit=3&transactionType=" + type + "&from=" + from;
            var until = instance.get(window)
                    .expect(200)
                    .json()
                    .path("completeUntil")
                    .asString();
            read(instance, window).stream()
                    .filter(metric -> time(metric).isBefore(OffsetDateTime.parse(until)))
                    .forEach(metric -> seen.add(metric.path("durationMs").asString()));
            from = until;
        }

        /** Returns the metrics that the polls have read, and those that the next polls would read. */
        List<String> readInTotal() {
            var all = new ArrayList<>(seen);
            read(client, "/metrics?limit=200&transactionType=" + type + "&from=" + from)
                    .forEach(metric -> all.add(metric.path("durationMs").asString()));
            return all;
        }

        private List<JsonNode> read(ContractClient instance, String window) {
            return instance.allPages(window, "/data");
        }

        private OffsetDateTime time(JsonNode metric) {
            return OffsetDateTime.parse(metric.path("timestamp").asString());
        }
    }

    @Test
    void aMetricThatIsCommittedAfterAPollIsReadByALaterPoll() throws SQLException {
        record(client, 2);
        poller.poll(client);
        try (var slow = analytics.database().connect()) {
            slow.setAutoCommit(false);
            slow.createStatement()
                    .execute("INSERT INTO analytics.metrics (transaction_type, duration, success) VALUES ('" + type
                            + "', 1, true)");
            poller.poll(client);
            slow.commit();
        }

        assertThat(poller.readInTotal()).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void theListIsCompleteUntilAboutTenSecondsAgo() {
        var now = OffsetDateTime.now();
        for (var list : List.of("/metrics", "/metrics?transactionType=" + type, "/metrics?to=2025-01-01T00:00:00Z")) {
            assertThat(OffsetDateTime.parse(client.get(list)
                            .expect(200)
                            .json()
                            .path("completeUntil")
                            .asString()))
                    .isBetween(now.minusSeconds(11), now.minusSeconds(5));
        }
    }

    /** Takes 20 seconds, because polls begin to return the metrics after ten seconds. */
    @Test
    @Tag("resilience")
    void concurrentWritersWhoseCommitsAreDelayedLoseNoMetricForThePoller() {
        var metrics = analytics.bean(MetricRepository.class);
        var transactions = analytics.bean(Transactions.class);
        try (var second = ServiceProcess.start(AnalyticsApplication.class, "analytics", analytics.database())) {
            var instances = List.of(client, second.client());
            var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            var writers = Flux.range(1, 2000)
                    .takeWhile(
                            n -> System.nanoTime() < end - Duration.ofSeconds(5).toNanos())
                    .flatMap(
                            n -> {
                                if (n % 2 == 0) {
                                    return Mono.fromRunnable(() -> record(instances.get(n / 2 % 2), n))
                                            .subscribeOn(Schedulers.boundedElastic())
                                            .thenReturn(n);
                                }
                                var delay = Duration.ofMillis(
                                        ThreadLocalRandom.current().nextInt(3000));
                                return transactions
                                        .run(metrics.addAll(
                                                        List.of(new Metric.Draft(type, BigDecimal.valueOf(n), true)))
                                                .delayElement(delay))
                                        .thenReturn(n)
                                        .onErrorComplete(); // on a busy machine, it may be too slow
                            },
                            32)
                    .then()
                    .toFuture();
            while (System.nanoTime() < end || !writers.isDone()) {
                poller.poll(instances.get(ThreadLocalRandom.current().nextInt(2)));
            }
        }

        assertThat(poller.seen).as("metrics that the polls have read").hasSizeGreaterThan(10);
        var recorded = analytics
                .database()
                .rows("SELECT duration::integer::text AS id FROM analytics.metrics WHERE transaction_type = '" + type
                        + "'")
                .stream()
                .map(row -> (String) row.get("id"))
                .toList();
        assertThat(poller.readInTotal()).containsExactlyInAnyOrderElementsOf(recorded);
    }

    private void record(ContractClient instance, int duration) {
        instance.post("/metrics")
                .json("{\"transactionType\":\"" + type + "\",\"durationMs\":" + duration + ",\"success\":true}")
                .expect(201);
    }
}
