package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Base class with a running inventory and a new product for each test. After each test, it verifies that the movements
 * add up to the stored quantities, that no row lacks its product or its reservation, and that the times of the movements
 * agree with their order.
 */
@ResourceLock("the service that the subclasses share")
abstract class InventoryTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    ContractClient client;
    TestDatabase database;
    String product;

    @BeforeEach
    void createProduct() {
        client = inventory.client();
        database = inventory.database();
        product = newProduct(20);
    }

    @AfterEach
    void movementsAddUp() {
        movementsAddUp(database);
    }

    static void movementsAddUp(TestDatabase database) {
        assertThat(database.rows("""
                        SELECT p.product_id, p.stock_level, p.unassigned + p.held AS reserved,
                            sum(m.stock_delta) AS moved_stock, sum(m.reserved_delta) AS moved_reserved
                        FROM inventory.products p LEFT JOIN inventory.movements m USING (product_id)
                        GROUP BY p.product_id
                        HAVING sum(m.stock_delta) IS DISTINCT FROM p.stock_level
                            OR sum(m.reserved_delta) IS DISTINCT FROM p.unassigned + p.held
                        """))
                .as("products whose movements do not add up")
                .isEmpty();
        assertThat(database.rows("""
                        SELECT p.product_id, p.held, coalesce(l.quantity, 0) AS in_active_carts FROM inventory.products p
                        LEFT JOIN (
                            SELECT product_id, sum(quantity) AS quantity FROM inventory.reservation_lines
                            JOIN inventory.reservations USING (reservation_id) WHERE status = 'active' GROUP BY product_id
                        ) l USING (product_id)
                        WHERE p.held <> coalesce(l.quantity, 0)
                        """))
                .as("products whose held quantity differs from their active reservations")
                .isEmpty();
        assertThat(database.rows("""
                        SELECT reservation_id, stored.returned, moved.returned FROM (
                            SELECT reservation_id, (SELECT sum(quantity) FROM unnest(returned) quantity) AS returned
                            FROM inventory.reservations WHERE returned IS NOT NULL
                        ) stored FULL JOIN (
                            SELECT reservation_id, sum(stock_delta) AS returned
                            FROM inventory.movements WHERE kind = 'return' GROUP BY reservation_id
                        ) moved USING (reservation_id)
                        WHERE stored.returned IS DISTINCT FROM moved.returned
                        """))
                .as("reservations whose returned quantities differ from their movements")
                .isEmpty();
        assertThat(database.rows("""
                        SELECT product_id FROM inventory.movements
                        WHERE product_id NOT IN (SELECT product_id FROM inventory.products)
                        UNION ALL
                        SELECT product_id FROM inventory.reservation_lines
                        WHERE product_id NOT IN (SELECT product_id FROM inventory.products)
                            OR reservation_id NOT IN (SELECT reservation_id FROM inventory.reservations)
                        """))
                .as("movements and lines without a product or a reservation")
                .isEmpty();
    }

    @AfterEach
    void movementsAreInOrder() {
        assertThat(database.rows("""
                        SELECT * FROM (
                            SELECT m.*, lag(created_at) OVER (PARTITION BY product_id ORDER BY movement_id) AS before
                            FROM inventory.movements m
                        ) m JOIN inventory.products p USING (product_id)
                        WHERE m.created_at < m.before OR m.created_at > p.last_updated
                        """))
                .as("movements whose time is before the previous movement or after the last change of the product")
                .isEmpty();
    }

    /** Creates a product with this stock level and no reserved quantity, and returns its id. */
    String newProduct(long stockLevel) {
        return newProduct("Test", stockLevel);
    }

    /** Creates a product with this name and stock level and no reserved quantity, and returns its id. */
    String newProduct(String name, long stockLevel) {
        var productId = "T" + UUID.randomUUID().toString().replace("-", "");
        client.post("/inventory")
                .json("{\"productId\":\"" + productId + "\",\"name\":\"" + name + "\",\"stockLevel\":" + stockLevel
                        + "}")
                .expect(201);
        return productId;
    }

    void assertStock(String productId, long stockLevel, long reserved) {
        var response = client.get("/inventory/" + productId).expect(200).json();
        assertThat(response.path("stockLevel").asLong()).as("stockLevel").isEqualTo(stockLevel);
        assertThat(response.path("reserved").asLong()).as("reserved").isEqualTo(reserved);
        assertThat(response.path("available").asLong()).as("available").isEqualTo(stockLevel - reserved);
    }

    /** Verifies that each product's available and reserved quantities add up to its stock level. */
    void quantitiesAddUp() {
        assertThat(client.allPages("/inventory?limit=100", "/data")).allSatisfy(stored -> {
            assertThat(stored.path("available").asLong()).isNotNegative();
            assertThat(stored.path("available").asLong()
                            + stored.path("reserved").asLong())
                    .isEqualTo(stored.path("stockLevel").asLong());
        });
    }

    /** Creates a reservation of one product for 15 minutes and returns its id. */
    String hold(String productId, long quantity) {
        return client.post("/reservations")
                .json("{\"lines\":[{\"productId\":\"" + productId + "\",\"quantity\":" + quantity + "}]}")
                .expect(201)
                .json()
                .path("reservationId")
                .asString();
    }

    /** Lets the expiry time of these active reservations pass. */
    void makeDue(String... reservationIds) {
        database.execute("UPDATE inventory.reservations SET expires_at = now() - interval '1 millisecond'"
                + " WHERE status = 'active' AND reservation_id IN ('" + String.join("','", reservationIds) + "')");
    }

    static String line(String productId, long quantity) {
        return "{\"productId\":\"" + productId + "\",\"quantity\":" + quantity + "}";
    }

    static String delta(String productId, long delta) {
        return "{\"productId\":\"" + productId + "\",\"delta\":" + delta + "}";
    }

    static String adjustment(String... lines) {
        return "{\"lines\":" + List.of(lines) + ",\"reason\":\"counted\",\"reference\":\"stocktake 1\"}";
    }

    static String cart(String... lines) {
        return "{\"lines\":" + List.of(lines) + "}";
    }
}
