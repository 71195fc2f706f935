package io.multicloudboutique.food;

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
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    private static QueryPlans plans;
    private static ContractClient client;

    @BeforeAll
    static void insertOneMillionItems() {
        food.database().fill("food", """
                INSERT INTO food.food_items (name, category, price, available)
                SELECT 'Soup ' || i, 'Soup', 4.50, true FROM generate_series(1, 1000000) i
                """);
        plans = QueryPlans.of(food);
        client = food.client();
    }

    @Test
    void listingItemsUsesIndexes() {
        plans.get("/food?limit=50").assertReadByIndex(51);
        plans.get("/food?limit=50&" + cursor("500000", "listFoodItems")).assertReadByIndex(51);
    }

    @Test
    void readingAnItemUsesIndexes() {
        plans.get("/food/500000").assertReadByIndex(1);
    }

    @Test
    void changingAnItemUsesIndexes() {
        plans.of(() -> client.put("/food/500000").json("{\"price\":5}").expect(200))
                .assertReadByIndex(1);
    }
}
