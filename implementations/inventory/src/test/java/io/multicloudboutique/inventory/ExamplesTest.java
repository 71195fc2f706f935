package io.multicloudboutique.inventory;

import static java.util.Map.entry;
import static org.awaitility.Awaitility.await;

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
        super("inventory", inventory, Map.of("productId", "OLJCESPC7Z"));
    }

    @Override
    protected Map<String, Callable<Answer>> provocations() {
        return Map.ofEntries(
                entry("malformedRequest", () -> post("/inventory", "name=Lamp").send()),
                entry(
                        "validationFailed",
                        () -> post("/inventory", product("LAMP", -1)).send()),
                entry("notFound", () -> client().get("/inventory/NOPE").send()),
                entry(
                        "notAcceptable",
                        () -> client().get(PRODUCT)
                                .header("Accept", "application/xml")
                                .send()),
                entry(
                        "alreadyExists",
                        () -> post("/inventory", product("OLJCESPC7Z", 1)).send()),
                entry(
                        "stockBelowReserved",
                        () -> client().put(PRODUCT).json("{\"stockLevel\":0}").send()),
                entry(
                        "preconditionFailed",
                        () -> client().put(PRODUCT)
                                .header("If-Match", "\"77\"")
                                .json("{}")
                                .send()),
                entry(
                        "contentTooLarge",
                        () -> post("/inventory", " ".repeat(70_000)).send()),
                entry(
                        "unsupportedMediaType",
                        () -> client().post("/inventory")
                                .header("Content-Type", "text/plain")
                                .body("Lamp")
                                .send()),
                entry("idempotencyKeyReused", this::reuseAKey),
                entry("requestInProgress", this::repeatWhileItRuns),
                entry(
                        "insufficientStock",
                        () -> post(PRODUCT + "/reserve", "{\"quantity\":100}").send()),
                entry(
                        "releaseExceedsReserved",
                        () -> post(PRODUCT + "/release", "{\"quantity\":10}").send()),
                entry(
                        "createReservation insufficientStock",
                        () -> post("/reservations", cart("0PUK6V6EV0", 3)).send()),
                entry("referenceTaken", this::holdTwice),
                entry("reservationNotActive", this::confirmWhatIsCancelled),
                entry("unavailable", this::takeTheDatabaseAway));
    }

    private Answer reuseAKey() {
        post(PRODUCT + "/reserve", "{\"quantity\":1}")
                .header("Idempotency-Key", "reused")
                .expect(200);
        return post(PRODUCT + "/reserve", "{\"quantity\":2}")
                .header("Idempotency-Key", "reused")
                .send();
    }

    private Answer repeatWhileItRuns() throws Exception {
        post(PRODUCT + "/reserve", "{}").header("Idempotency-Key", "running").expect(200);
        try (var first = inventory.database().connect()) {
            first.setAutoCommit(false);
            first.createStatement()
                    .execute("SELECT 1 FROM inventory.idempotency_keys WHERE key = 'running' FOR UPDATE");
            return post(PRODUCT + "/reserve", "{}")
                    .header("Idempotency-Key", "running")
                    .send();
        }
    }

    private Answer holdTwice() {
        var cart = "{\"lines\":[{\"productId\":\"LS4PSXUNUM\",\"quantity\":1}],\"reference\":\"twice\"}";
        post("/reservations", cart).expect(201);
        return post("/reservations", cart).send();
    }

    private Answer confirmWhatIsCancelled() {
        var held = post("/reservations", cart("LS4PSXUNUM", 1)).expect(201).header("Location");
        client().post("/" + held + "/cancel").expect(200);
        return client().post("/" + held + "/confirm").send();
    }

    private Answer takeTheDatabaseAway() {
        inventory.database().refuseConnections();
        try {
            return client().get("/inventory").send();
        } finally {
            inventory.database().acceptConnections();
            await().until(() -> client().get("/inventory").send().status() == 200);
        }
    }

    private static String product(String id, int stockLevel) {
        return "{\"productId\":\"" + id + "\",\"name\":\"Lamp\",\"stockLevel\":" + stockLevel + "}";
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
