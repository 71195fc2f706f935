package io.multicloudboutique.furniture;

import static io.multicloudboutique.testing.QueryPlans.cursor;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.QueryPlans;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies that queries use indexes on a table of one million items. */
@Tag(TestDatabase.OWN_SERVER) // reads the plans of PostgreSQL from its log
class QueryPlanTest {

    @RegisterExtension
    static final RunningService furniture = RunningService.of(FurnitureApplication.class, "furniture");

    private static QueryPlans plans;
    private static ContractClient client;

    @BeforeAll
    static void insertOneMillionItems() {
        furniture.database().fill("furniture", """
                INSERT INTO furniture.furniture_items (name, category, price)
                SELECT 'Chair ' || i, CASE WHEN i <= 500000 THEN 'Kitchen' ELSE 'Garden ' || i % 1000 END, 49.90
                FROM generate_series(1, 1000000) i
                """);
        plans = QueryPlans.of(furniture);
        client = furniture.client();
    }

    @Test
    void listingItemsUsesIndexes() {
        plans.get("/furniture?limit=50").assertReadByIndex(51);
        plans.get("/furniture?limit=50&" + cursor("500000", "listFurnitureItems", ""))
                .assertReadByIndex(51);
    }

    @Test
    void listingTheItemsOfACategoryUsesIndexes() {
        plans.get("/furniture?category=Kitchen&limit=50").assertReadByIndex(51);
        plans.get("/furniture?category=Kitchen&limit=50&" + cursor("400000", "listFurnitureItems", "Kitchen"))
                .assertReadByIndex(51);
        plans.get("/furniture?category=Garden%207&limit=50&" + cursor("900000", "listFurnitureItems", "Garden 7"))
                .assertReadByIndex(51);
        plans.get("/furniture?category=None").assertReadByIndex(51);
    }

    @Test
    void readingAnItemUsesIndexes() {
        plans.get("/furniture/500000").assertReadByIndex(1);
    }

    @Test
    void changingAnItemUsesIndexes() {
        plans.of(() -> client.put("/furniture/500000").json("{\"price\":5}").expect(200))
                .assertReadByIndex(1);
    }
}
