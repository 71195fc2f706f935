package io.multicloudboutique.inventory;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(
            InventoryApplication.class,
            "inventory",
            () -> "boutique.retention.movements=90d",
            () -> "boutique.retention.reservations=90d");

    CitusTest() {
        super(inventory, Map.of("productId", "OLJCESPC7Z"));
    }

    @Override
    protected void callMore(ContractClient client) {
        client.get("/inventory/OLJCESPC7Z").expect(200);
        client.get("/inventory/OLJCESPC7Z/movements").expect(200);
        client.post("/reservations")
                .json("{\"lines\":[{\"productId\":\"LS4PSXUNUM\",\"quantity\":1000000}]}")
                .expect(409);
        var hold = client.post("/reservations")
                .json("{\"lines\":[{\"productId\":\"LS4PSXUNUM\",\"quantity\":1}]}")
                .expect(201)
                .header("Location");
        client.post("/" + hold + "/confirm").expect(200);
        client.get("/" + hold).expect(200);
    }
}
