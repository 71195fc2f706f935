package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each request appears in the metrics. */
class TelemetryTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(InventoryApplication.class, "inventory");

    private final ContractClient client = service.client();

    @Test
    void requestsAreCountedByOperationStatusAndOutcome() {
        client.get("/inventory/OLJCESPC7Z").expect(200);
        client.get("/inventory/OLJCESPC7Z").expect(200);
        client.get("/inventory/no-such-product").expectProblem(404, "not-found");

        var scrape = service.scrape();

        assertThat(scrape.value(
                        "http_server_request_duration_seconds_count",
                        "operation=\"getProduct\"",
                        "http_request_method=\"GET\"",
                        "http_route=\"/inventory/{productId}\"",
                        "http_response_status_code=\"200\"",
                        "outcome=\"success\"",
                        "service=\"inventory\""))
                .isEqualTo(2);
        assertThat(scrape.value(
                        "http_server_request_duration_seconds_count",
                        "operation=\"getProduct\"",
                        "http_response_status_code=\"404\"",
                        "outcome=\"client_error\""))
                .isEqualTo(1);
        assertThat(scrape.value(
                        "http_server_request_duration_seconds_bucket", "operation=\"getProduct\"", "le=\"10.0\""))
                .isEqualTo(3);
    }
}
