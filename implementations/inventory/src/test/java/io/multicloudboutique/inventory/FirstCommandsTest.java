package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.CurlCommand;
import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The commands of the system's first description, on fresh data, as they stand there but for the host. */
class FirstCommandsTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    @Test
    void theCommandsOfTheFirstDescriptionWork() {
        assertThat(run("curl http://$INVENTORY_PSC_IP:8080/health")
                        .path("status")
                        .asString())
                .isEqualTo("healthy");

        assertThat(run("curl http://$INVENTORY_PSC_IP:8080/inventory")
                        .path("total")
                        .asInt())
                .isEqualTo(9);

        var typewriter = run("curl http://$INVENTORY_PSC_IP:8080/inventory/OLJCESPC7Z");
        assertThat(typewriter.path("available").asInt()).isEqualTo(42);

        var reserved = run("""
                curl -X POST http://$INVENTORY_PSC_IP:8080/inventory/OLJCESPC7Z/reserve \\
                  -H "Content-Type: application/json" \\
                  -d '{"quantity":2}'""");
        assertThat(reserved.path("reserved").asInt()).isEqualTo(5);

        var released = run("""
                curl -X POST http://$INVENTORY_PSC_IP:8080/inventory/OLJCESPC7Z/release \\
                  -H "Content-Type: application/json" \\
                  -d '{"quantity":1}'""");
        assertThat(released.path("reserved").asInt()).isEqualTo(4);

        var updated = run("""
                curl -X PUT http://$INVENTORY_PSC_IP:8080/inventory/OLJCESPC7Z \\
                  -H "Content-Type: application/json" \\
                  -d '{"stockLevel":50}'""");
        assertThat(updated.path("stockLevel").asInt()).isEqualTo(50);
        assertThat(updated.path("available").asInt()).isEqualTo(46);
    }

    private static JsonNode run(String command) {
        var answer = CurlCommand.parse(command).run(inventory.client());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }
}
