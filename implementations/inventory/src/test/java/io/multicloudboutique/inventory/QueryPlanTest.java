package io.multicloudboutique.inventory;

import static io.multicloudboutique.testing.QueryPlans.cursor;
import static java.time.Duration.ofSeconds;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that queries use indexes with one million products, movements and reservations each. */
@Tag(TestDatabase.OWN_SERVER) // reads the plans of PostgreSQL from its log
class QueryPlanTest {

    /** A product that has most of the movements. They are older than all movements of the other generated products. */
    private static final String POPULAR = "P00000001";

    private static final String STOCK = """
            INSERT INTO inventory.products (product_id, name, stock_level, held, archived_at)
            SELECT 'P' || lpad(i::text, 8, '0'), CASE WHEN i % 20000 = 11 THEN 'A rare product' ELSE 'Product' END,
                CASE WHEN i % 20000 = 7 THEN 3 ELSE 10 END, CASE WHEN i % 10 = 0 THEN 1 ELSE 0 END,
                CASE WHEN i BETWEEN 600001 AND 700000 AND i % 10 <> 0 THEN now() END
            FROM generate_series(1, 1000000) i;

            UPDATE inventory.totals SET items = items + 1000000;

            INSERT INTO inventory.movements (product_id, kind, stock_delta, reserved_delta)
            SELECT CASE WHEN i <= 900000 THEN 'P00000001' ELSE 'P' || lpad(i::text, 8, '0') END, 'opening', 10, 0
            FROM generate_series(1, 1000000) i
            """;

    /**
     * One reservation in ten is active, and none of these is due. One in a thousand is cancelled, and all cancelled ones have
     * the same reference. One in a hundred is expired. Only the reservations that the tests read have lines.
     */
    private static final String RESERVATIONS = """
            INSERT INTO inventory.reservations (reservation_id, status, reference, expires_at)
            SELECT lpad(i::text, 32, '0')::uuid,
                CASE WHEN i % 1000 = 1 THEN 'cancelled' WHEN i % 10 = 0 THEN 'active' WHEN i % 100 = 5 THEN 'expired'
                    ELSE 'confirmed' END,
                CASE WHEN i % 1000 = 1 THEN 'again' WHEN i % 10 = 0 THEN 'order-' || i END,
                now() + interval '12 hours' * CASE WHEN i % 10 = 0 THEN 1 ELSE -1 END
            FROM generate_series(1, 1000000) i;

            INSERT INTO inventory.reservation_lines (reservation_id, product_id, quantity)
            SELECT lpad(i::text, 32, '0')::uuid, 'P' || lpad(i::text, 8, '0'), 1 FROM generate_series(1, 1000000) i
            WHERE i % 10 = 0 OR i % 1000 = 1 OR i % 100 = 5 OR i < 1000 OR i > 999900
            """;

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    private static QueryPlans plans;
    private static ContractClient client;

    @BeforeAll
    static void insertRows() {
        inventory.database().fill("inventory", STOCK, RESERVATIONS);
        plans = QueryPlans.of(inventory);
        client = inventory.client();
    }

    @Test
    void listingProductsWithTheirTotalUsesIndexes() {
        assertPageIsReadByIndex("/inventory?limit=50");
        assertPageIsReadByIndex("/inventory?limit=50&" + cursor("P00500000", "listProducts", null, null, null));
        assertPageIsReadByIndex("/inventory?limit=50&" + cursor("P00600000", "listProducts", null, null, null));
    }

    @Test
    void listingArchivedProductsUsesIndexes() {
        var path = "/inventory?archived=true&limit=50";
        plans.get(path).assertPageAndSummary(51);
        plans.get(path + "&" + cursor("P00650000", "listProducts", null, null, "archived"))
                .assertPageAndSummary(51);
    }

    @Test
    void searchingProductsByNameUsesIndexes() {
        assertPageIsReadByIndex("/inventory?q=rare&limit=50");
        assertPageIsReadByIndex("/inventory?q=RAR&limit=10");
        assertPageIsReadByIndex("/inventory?q=rare&availableBelow=4&limit=50");
        assertPageIsReadByIndex(
                "/inventory?q=rare&limit=50&" + cursor("P00500000", "listProducts", "rare", null, null));
        plans.get("/inventory?q=unheardof").assertReadByIndex(1);
    }

    @Test
    void listingScarceProductsUsesIndexes() {
        assertPageIsReadByIndex("/inventory?availableBelow=4&limit=50");
        assertPageIsReadByIndex("/inventory?availableBelow=4&limit=10");
        assertPageIsReadByIndex(
                "/inventory?availableBelow=4&limit=50&" + cursor("P00500000", "listProducts", null, 4, null));
        plans.get("/inventory?availableBelow=1").assertReadByIndex(1);
    }

    @Test
    void adjustingStockUsesIndexes() {
        plans.of(() -> client.post("/inventory/adjustments")
                        .json(
                                "{\"lines\":[{\"productId\":\"P00500001\",\"delta\":1},{\"productId\":\"P00500002\",\"delta\":1}],\"reason\":\"received\"}")
                        .expect(200))
                .assertReadByIndex(2);
    }

    @Test
    void readingAProductUsesIndexes() {
        plans.get("/inventory/P00500000").assertReadByIndex(1);
    }

    @Test
    void listingMovementsUsesIndexes() {
        var path = "/inventory/" + POPULAR + "/movements?limit=50";
        assertPageIsReadByIndex(path);
        assertPageIsReadByIndex(path + "&" + cursor("1000", "listMovements", POPULAR));
    }

    @Test
    void listingReservationsUsesIndexes() {
        assertPageIsReadByIndex("/reservations?limit=50");
        assertPageIsReadByIndex("/reservations?limit=50&" + cursor("1000", "listReservations", "", ""));
    }

    @Test
    void listingTheReservationsWithAReferenceUsesIndexes() {
        assertPageIsReadByIndex("/reservations?reference=again&limit=50");
        assertPageIsReadByIndex(
                "/reservations?reference=again&limit=50&" + cursor("500000", "listReservations", "again", ""));
        plans.get("/reservations?reference=order-500000").assertReadByIndex(1);
    }

    @Test
    void listingTheReservationsWithAStatusUsesIndexes() {
        for (var status : List.of("active", "confirmed", "cancelled", "expired")) {
            var path = "/reservations?limit=50&status=" + status;
            plans.get(path).assertReadByIndex(2 * 51); // the newest ones have two lines
            var before = status.equals("confirmed") ? "1000" : "500000";
            assertPageIsReadByIndex(path + "&" + cursor(before, "listReservations", "", status));
        }
    }

    @Test
    void listingTheReservationsWithAReferenceAndAStatusUsesIndexes() {
        assertPageIsReadByIndex("/reservations?reference=again&status=cancelled&limit=50");
        plans.get("/reservations?reference=order-500000&status=active").assertReadByIndex(1);
        plans.get("/reservations?reference=order-500000&status=expired").assertReadByIndex(1);
    }

    @Test
    void readingAReservationUsesIndexes() {
        plans.get("/reservations/" + reservationId(500000)).assertReadByIndex(1);
    }

    @Test
    void reservingStockUsesIndexes() {
        plans.of(() -> client.post("/inventory/P00500000/reserve")
                        .json("{\"quantity\":1}")
                        .expect(200))
                .assertReadByIndex(1);
    }

    @Test
    void creatingAReservationUsesIndexes() {
        plans.of(() -> client.post("/reservations")
                        .json(
                                "{\"lines\":[{\"productId\":\"P00500001\",\"quantity\":1},{\"productId\":\"P00500002\",\"quantity\":1}]}")
                        .expect(201))
                .assertReadByIndex(2);
    }

    @Test
    void confirmingAReservationUsesIndexes() {
        var next = new int[] {700_000};
        plans.of(() -> {
                    client.post("/reservations/" + reservationId(next[0]) + "/confirm")
                            .expect(200);
                    next[0] += 10;
                })
                .assertReadByIndex(1);
    }

    @Test
    void extendingAReservationUsesIndexes() {
        var next = new int[] {800_000};
        plans.of(() -> {
                    client.post("/reservations/" + reservationId(next[0]) + "/extend")
                            .json("{\"ttlSeconds\":50000}")
                            .expect(200);
                    next[0] += 10;
                })
                .assertReadByIndex(1);
    }

    @Test
    void returningAReservationUsesIndexes() {
        var next = new int[] {102};
        plans.of(() -> {
                    client.post("/reservations/" + reservationId(next[0]) + "/return")
                            .expect(200);
                    next[0] += 10;
                })
                .assertReadByIndex(1);
    }

    @Test
    void expiringReservationsUsesIndexes() {
        // The service expires batches of 100 until no reservation is due: at least seven executions.
        plans.during(() -> {
                    inventory.database().execute("""
                            UPDATE inventory.reservations SET expires_at = now()
                            WHERE status = 'active' AND reservation_no BETWEEN 300001 AND 307000
                            """);
                    await().atMost(ofSeconds(30))
                            .until(() -> inventory
                                    .database()
                                    .rows(
                                            "SELECT 1 FROM inventory.reservations WHERE status = 'active' AND expires_at <= now()")
                                    .isEmpty());
                })
                .containing("LIMIT 100")
                .assertReadByIndex(100);
    }

    @Test
    void lookingForDueReservationsOfScarceProductsUsesIndexes() {
        plans.of(() -> client.post("/reservations")
                        .json(
                                "{\"lines\":[{\"productId\":\"P00500001\",\"quantity\":1000000},{\"productId\":\"P00500002\",\"quantity\":1000000}]}")
                        .expect(409))
                .containing("LATERAL")
                .assertReadByIndex(2);
    }

    private static void assertPageIsReadByIndex(String path) {
        plans.get(path).assertReadByIndex(51);
    }

    private static String reservationId(int number) {
        return "%08d-0000-0000-0000-%012d".formatted(0, number);
    }
}
