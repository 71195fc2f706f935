package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.RunningService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two shops on one database. The schema of the second one has a prefix. */
class TwoShopsTest extends InventoryTest {

    @RegisterExtension
    static final RunningService second =
            RunningService.of(InventoryApplication.class, "inventory", () -> "boutique.schema.prefix=second_");

    @BeforeAll
    static void shareTheDatabase() {
        second.restart("DATABASE_URL=" + inventory.database().url());
    }

    @Test
    void sellTheSameProductWithTheSameKeyAndReference() {
        var draft = "{\"productId\":\"" + product + "\",\"name\":\"Test\",\"stockLevel\":5}";
        var reference = "order-" + product;
        var hold = "{\"lines\":[" + line(product, 4) + "],\"reference\":\"" + reference + "\"}";

        second.client().post("/inventory").json(draft).expect(201);
        for (var shop : List.of(client, second.client())) {
            var response = shop.post("/reservations")
                    .header("Idempotency-Key", reference + "/hold")
                    .json(hold)
                    .expect(201);
            assertThat(response.header("Idempotent-Replayed")).isEmpty();
        }

        assertStock(product, 20, 4);
        assertThat(database.rows(
                        "SELECT stock_level, held FROM second_inventory.products WHERE product_id = '" + product + "'"))
                .containsExactly(Map.of("stock_level", 5L, "held", 4L));
        second.client()
                .post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":2}")
                .expectProblem(409, "insufficient-stock");
        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":2}")
                .expect(200);
    }

    @Test
    void haveConnectionsWithTheNamesOfTheirSchemas() {
        assertThat(database.rows("SELECT DISTINCT application_name FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND application_name LIKE '%inventory'"))
                .extracting(row -> row.get("application_name"))
                .containsExactlyInAnyOrder("inventory", "second_inventory");
    }
}
