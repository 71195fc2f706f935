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
    private static final String ACTIVE = "00000000-0000-0000-0000-000000000001";
    private static final String CONFIRMED = "00000000-0000-0000-0000-000000000002";

    ExamplesTest() {
        super(
                inventory,
                Map.of(
                        "productId",
                        "OLJCESPC7Z",
                        "reservationId",
                        ACTIVE,
                        "returnReservation reservationId",
                        CONFIRMED));
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
                        "adjustStock stockBelowReserved",
                        () -> post(
                                        "/inventory/adjustments",
                                        "{\"lines\":[{\"productId\":\"OLJCESPC7Z\",\"delta\":-500}],\"reason\":\"damaged\"}")
                                .send()),
                entry(
                        "productReserved",
                        () -> client().put(PRODUCT).json("{\"archived\":true}").send()),
                entry("productArchived", this::reserveAnArchivedProduct),
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
                entry("reservationNotActive", this::confirmACancelledReservation),
                entry(
                        "reservationNotConfirmed",
                        () -> client().post("/reservations/" + ACTIVE + "/return")
                                .send()),
                entry("alreadyReturned", this::returnOtherQuantities));
    }

    @Override
    protected void makeRoom() {
        inventory.database().execute("""
                DELETE FROM inventory.movements WHERE product_id = 'DESKLAMP01';
                DELETE FROM inventory.products WHERE product_id = 'DESKLAMP01';
                UPDATE inventory.reservations SET reference = NULL;
                DELETE FROM inventory.reservation_lines WHERE reservation_id IN ('%1$s', '%2$s');
                DELETE FROM inventory.reservations WHERE reservation_id IN ('%1$s', '%2$s');
                INSERT INTO inventory.reservations (reservation_id, status, expires_at)
                VALUES ('%1$s', 'active', now() + interval '1 hour'), ('%2$s', 'confirmed', now() + interval '1 hour');
                INSERT INTO inventory.reservation_lines (reservation_id, product_id, quantity)
                VALUES ('%1$s', 'OLJCESPC7Z', 2), ('%2$s', 'OLJCESPC7Z', 2);
                """.formatted(ACTIVE, CONFIRMED));
    }

    private Answer reserveAnArchivedProduct() {
        client().put("/inventory/2ZYFJ3GM2N").json("{\"archived\":true}").expect(200);
        return client().post("/inventory/2ZYFJ3GM2N/reserve").send();
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

    private Answer returnOtherQuantities() {
        post("/reservations/" + CONFIRMED + "/return", cart("OLJCESPC7Z", 1)).expect(200);
        return post("/reservations/" + CONFIRMED + "/return", cart("OLJCESPC7Z", 2))
                .send();
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
