package io.multicloudboutique.inventory;

import io.multicloudboutique.testing.ContractBadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class BadInputTest extends ContractBadInputs {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    BadInputTest() {
        super(inventory);
    }

    @Override
    protected Map<String, String> ids() {
        var reservation = inventory
                .client()
                .post("/reservations")
                .json("{\"lines\":[{\"productId\":\"OLJCESPC7Z\",\"quantity\":1}]}")
                .expect(201)
                .json();
        return Map.of(
                "productId",
                "OLJCESPC7Z",
                "reservationId",
                reservation.path("reservationId").asString());
    }

    @Override
    protected void makeRoom() {
        inventory.database().execute("""
                UPDATE inventory.products SET stock_level = 1000000000, held = 0;
                UPDATE inventory.reservations SET reference = NULL;
                DELETE FROM inventory.movements WHERE product_id = 'DESKLAMP01';
                DELETE FROM inventory.products WHERE product_id = 'DESKLAMP01';
                """);
    }

    /** A reservation with a short lifetime must not expire while another test compares the stored data. */
    @AfterEach
    void extendActiveReservations() {
        inventory.database().execute("""
                UPDATE inventory.reservations SET expires_at = now() + interval '1 day' WHERE status = 'active'
                """);
    }
}
