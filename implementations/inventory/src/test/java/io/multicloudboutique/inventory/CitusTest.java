package io.multicloudboutique.inventory;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.util.List;
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
        super(inventory, Map.of("productId", "OLJCESPC7Z", "reservationId", "00000000-0000-0000-0000-000000000001"));
    }

    @Override
    protected void callMore(ContractClient client) {
        client.get("/inventory?q=vintage&availableBelow=10").expect(200);
        client.get("/inventory?archived=true").expect(200);
        client.get("/inventory/OLJCESPC7Z").expect(200);
        client.get("/inventory/OLJCESPC7Z/movements").expect(200);
        client.put("/inventory/2ZYFJ3GM2N").json("{\"archived\":true}").expect(200);
        client.post("/reservations")
                .json("{\"lines\":[{\"productId\":\"LS4PSXUNUM\",\"quantity\":1000000}]}")
                .expect(409);
        var hold = client.post("/reservations")
                .json("{\"lines\":[{\"productId\":\"LS4PSXUNUM\",\"quantity\":1}]}")
                .expect(201)
                .header("Location");
        client.post("/" + hold + "/extend").json("{\"ttlSeconds\":3600}").expect(200);
        client.post("/" + hold + "/confirm").expect(200);
        client.post("/" + hold + "/return").expect(200);
        client.get("/" + hold).expect(200);
        for (var filter : List.of("status=active", "status=expired", "status=expired&reference=order-1001")) {
            client.get("/reservations?" + filter).expect(200);
        }
    }
}
