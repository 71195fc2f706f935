package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.Scrape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The metrics of the service count its requests, batches and problems. */
class TelemetryTest {

    private static final String REQUESTS = "http_server_request_duration_seconds_count";

    @RegisterExtension
    static final RunningService service = RunningService.of(
            InventoryApplication.class, "inventory", () -> "boutique.rate-limit.requests-per-second=1000");

    private ContractClient client;

    @BeforeEach
    void createClient() {
        client = service.client();
    }

    @Test
    void requestsAreCountedByOperationStatusAndOutcome() {
        var before = service.scrape();
        client.get("/inventory/OLJCESPC7Z").expect(200);
        client.get("/inventory/OLJCESPC7Z").expect(200);
        client.get("/inventory/no-such-product").expectProblem(404, "not-found");
        var after = service.scrape();

        assertThat(increase(
                        before,
                        after,
                        REQUESTS,
                        "operation=\"getProduct\"",
                        "http_request_method=\"GET\"",
                        "http_route=\"/inventory/{productId}\"",
                        "http_response_status_code=\"200\"",
                        "outcome=\"success\"",
                        "service=\"inventory\""))
                .isEqualTo(2);
        assertThat(increase(
                        before,
                        after,
                        REQUESTS,
                        "operation=\"getProduct\"",
                        "http_response_status_code=\"404\"",
                        "outcome=\"client_error\""))
                .isEqualTo(1);
        assertThat(increase(
                        before,
                        after,
                        "http_server_request_duration_seconds_bucket",
                        "operation=\"getProduct\"",
                        "le=\"10.0\""))
                .isEqualTo(3);
        assertThat(increase(before, after, "boutique_problems_total", "code=\"not-found\"", "operation=\"getProduct\""))
                .isEqualTo(1);
    }

    private static double increase(Scrape before, Scrape after, String metric, String... labels) {
        return after.value(metric, labels) - before.value(metric, labels);
    }

    @Test
    void pathsOfClientsAreNoLabels() {
        client.get("/secret-path").send();

        assertThat(service.scrape().text()).doesNotContain("secret");
        assertThat(service.scrape().value(REQUESTS, "operation=\"unknown\"", "http_route=\"unknown\""))
                .isPositive();
    }

    @Test
    void writesAndReadsAreCountedInBatches() {
        var before = service.scrape();
        client.post("/inventory/OLJCESPC7Z/reserve").json("{\"quantity\":1}").expect(200);
        client.get("/inventory/66VCHSJNUP").expect(200);
        var after = service.scrape();

        for (var lane : new String[] {"lane=\"stock\"", "lane=\"read-products\""}) {
            for (var metric : new String[] {
                "boutique_batch_size_count",
                "boutique_batch_size_sum",
                "boutique_batch_wait_seconds_count",
                "boutique_batch_duration_seconds_count"
            }) {
                assertThat(increase(before, after, metric, lane))
                        .as(metric + lane)
                        .isPositive();
            }
            assertThat(after.text()).containsPattern("boutique_batch_waiting\\{" + lane);
            assertThat(after.text()).containsPattern("boutique_batch_rejected_total\\{" + lane);
        }
    }

    @Test
    void shortagesAndRepeatedKeysAreCounted() {
        client.post("/inventory/OLJCESPC7Z/reserve")
                .json("{\"quantity\":1000}")
                .expectProblem(409, "insufficient-stock");
        for (int quantity : new int[] {1, 1, 2}) {
            client.post("/inventory/OLJCESPC7Z/reserve")
                    .header("Idempotency-Key", "telemetry-0001")
                    .json("{\"quantity\":" + quantity + "}")
                    .expect(quantity == 1 ? 200 : 422);
        }
        var scrape = service.scrape();

        assertThat(scrape.value("boutique_problems_total", "code=\"insufficient-stock\"", "operation=\"reserveStock\""))
                .isEqualTo(1);
        assertThat(scrape.value("boutique_idempotency_replays_total")).isEqualTo(1);
        assertThat(scrape.value("boutique_idempotency_conflicts_total", "reason=\"key_reused\""))
                .isEqualTo(1);
    }

    @Test
    void connectionsOfEachPoolAreMeasured() {
        var scrape = service.scrape();

        assertThat(scrape.value("db_client_connection_max", pool("requests"))).isEqualTo(12);
        assertThat(scrape.value("db_client_connection_max", pool("batches"))).isEqualTo(2);
        assertThat(scrape.value("db_client_connection_max", pool("health"))).isEqualTo(1);
        assertThat(scrape.value("db_client_connection_count", pool("requests"))).isGreaterThanOrEqualTo(2);
        assertThat(scrape.text()).contains("db_client_connection_pending_requests");
    }

    private static String pool(String name) {
        return "db_client_connection_pool_name=\"" + name + "\"";
    }

    @Test
    void holdsAreCounted() {
        client.post("/reservations")
                .json("{\"lines\":[{\"productId\":\"1YMWWN1N4O\",\"quantity\":1}],\"ttlSeconds\":1}")
                .expect(201);

        await().until(() -> service.scrape().value("boutique_holds_expired_total") == 1);
        assertThat(service.scrape().text()).contains("boutique_holds{", "state=\"active\"", "state=\"due\"");
    }

    @Test
    void theLoadAndTheJvmAreMeasured() {
        var scrape = service.scrape();

        assertThat(scrape.value("boutique_requests_limit", "kind=\"read\"")).isEqualTo(500);
        assertThat(scrape.types())
                .containsEntry("http_server_active_requests", "gauge")
                .containsEntry("boutique_requests_rejected_total", "counter")
                .containsKeys("jvm_memory_used_bytes", "jvm_thread_count_threads", "process_uptime_seconds");
        assertThat(scrape.value("jvm_memory_used_bytes", "jvm_memory_type=\"heap\""))
                .isPositive();
    }
}
