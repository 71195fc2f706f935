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

    /** The reservation must not be older than now, so that it can be extended by a whole day. */
    @Override
    protected void makeRoom() {
        inventory.database().execute("""
                UPDATE inventory.products SET stock_level = 500000000, unassigned = 3, held = 0, archived_at = NULL;
                UPDATE inventory.products SET stock_level = 0, unassigned = 0 WHERE product_id = 'L9ECAV7KIM';
                UPDATE inventory.reservations SET reference = NULL, created_at = now() + interval '1 minute';
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
