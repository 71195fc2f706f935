package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.testing.RunningService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

@Provider("inventory")
class InventoryTest extends ProviderTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    private String reservationId = "";

    InventoryTest() {
        // The tables are in the order in which the service locks them.
        super(inventory, """
                TRUNCATE inventory.reservations, inventory.products, inventory.totals, inventory.idempotency_keys CASCADE""");
    }

    @State("there are no products")
    void thereAreNoProducts() {}

    @State("a product is in stock")
    void aProductIsInStock(Map<String, Object> product) {
        var id = product.get("productId");
        post("/inventory", Map.of("productId", id, "name", "Product " + id, "stockLevel", product.get("stockLevel")));
    }

    @State("the version of the product is known")
    Map<String, Object> theVersionOfTheProductIsKnown(Map<String, Object> product) {
        return Map.of("etag", etag("/inventory/" + product.get("productId")));
    }

    @State("some of a product is reserved")
    void someOfAProductIsReserved(Map<String, Object> reserved) {
        post("/inventory/" + reserved.get("productId") + "/reserve", Map.of("quantity", reserved.get("quantity")));
    }

    @State("a cart is held")
    Map<String, Object> aCartIsHeld(Map<String, Object> cart) {
        var line = Map.of("productId", cart.get("productId"), "quantity", cart.get("quantity"));
        var held = post(
                "/reservations",
                Map.of(
                        "lines",
                        List.of(line),
                        "ttlSeconds",
                        cart.get("ttlSeconds"),
                        "reference",
                        cart.get("reference"),
                        "fingerprint",
                        cart.get("fingerprint")),
                "Idempotency-Key",
                (String) cart.get("key"));
        reservationId = held.path("reservationId").asString();
        return Map.of("reservationId", reservationId);
    }

    @State("the cart is confirmed")
    void theCartIsConfirmed() {
        post("/reservations/" + reservationId + "/confirm", Map.of());
    }

    @State("the cart has expired")
    void theCartHasExpired() {
        inventory.database().execute("UPDATE inventory.reservations SET expires_at = now()");
    }
}
