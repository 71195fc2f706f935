package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OutageTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    @Test
    void databaseOutageReturns503AndTheServiceRecovers() {
        var client = inventory.client();
        client.get("/health").expect(200);
        client.get("/readyz").expect(200);

        inventory.database().refuseConnections();
        assertThat(client.get("/inventory").expectProblem(503, "unavailable").header("Retry-After"))
                .isEqualTo("1");
        client.post("/inventory/OLJCESPC7Z/reserve").expectProblem(503, "unavailable");
        assertThat(client.get("/health").expect(503).json().path("status").asString())
                .isEqualTo("unhealthy");
        client.get("/readyz").expect(503);
        client.get("/livez").expect(200);

        inventory.database().acceptConnections();
        // The pool may still hand out a connection that the outage has broken.
        await().untilAsserted(() -> client.get("/inventory").expect(200));
        assertThat(client.get("/health").expect(200).json().path("service").asString())
                .isEqualTo("inventory");
    }
}
