package io.multicloudboutique.inventory;

import static java.util.Map.entry;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.ContractExamples;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExamplesTest extends ContractExamples {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    private static final String PRODUCT = "/inventory/OLJCESPC7Z";

    ExamplesTest() {
        super(inventory, Map.of("productId", "OLJCESPC7Z"));
    }

    @Override
    protected Map<String, Callable<Answer>> provocations() {
        return Map.ofEntries(
                entry(
                        "alreadyExists",
                        () -> post("/inventory", "{\"productId\":\"OLJCESPC7Z\",\"name\":\"Lamp\",\"stockLevel\":1}")
                                .send()),
                entry(
                        "stockBelowReserved",
                        () -> client().put(PRODUCT).json("{\"stockLevel\":0}").send()),
                entry(
                        "insufficientStock",
                        () -> post(PRODUCT + "/reserve", "{\"quantity\":100}").send()),
                entry(
                        "releaseExceedsReserved",
                        () -> post(PRODUCT + "/release", "{\"quantity\":10}").send()),
                entry(
                        "createReservation insufficientStock",
                        () -> post("/reservations", cart("0PUK6V6EV0", 3)).send()),
                entry("referenceTaken", this::reserveTheSameReferenceTwice),
                entry("reservationNotActive", this::confirmACancelledReservation));
    }

    @Override
    protected void makeRoom() {
        inventory.database().execute("""
                DELETE FROM inventory.movements WHERE product_id = 'DESKLAMP01';
                DELETE FROM inventory.products WHERE product_id = 'DESKLAMP01';
                UPDATE inventory.reservations SET reference = NULL;
                """);
    }

    private Answer reserveTheSameReferenceTwice() {
        var cart = "{\"lines\":[{\"productId\":\"LS4PSXUNUM\",\"quantity\":1}],\"reference\":\"twice\"}";
        post("/reservations", cart).expect(201);
        return post("/reservations", cart).send();
    }

    private Answer confirmACancelledReservation() {
        var location = post("/reservations", cart("LS4PSXUNUM", 1)).expect(201).header("Location");
        client().post("/" + location + "/cancel").expect(200);
        return client().post("/" + location + "/confirm").send();
    }

    private static String cart(String product, int quantity) {
        return "{\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":" + quantity + "}]}";
    }

    private static ContractClient.Call post(String path, String body) {
        return client().post(path).json(body);
    }

    private static ContractClient client() {
        return inventory.client();
    }
}
