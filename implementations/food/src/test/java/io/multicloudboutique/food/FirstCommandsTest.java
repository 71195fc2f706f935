package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.inventory.InventoryApplication;
import io.multicloudboutique.testing.CurlCommand;
import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The commands of the system's first description, on fresh data, as they stand there but for the host. */
class FirstCommandsTest {

    @RegisterExtension
    @Order(1)
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    @RegisterExtension
    @Order(2)
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=" + inventory.url());

    @Test
    void theCommandsOfTheFirstDescriptionWork() {
        assertThat(run("curl $FOOD_URL/health", 200).path("status").asString()).isEqualTo("healthy");

        var list = run("curl $FOOD_URL/food", 200);
        assertThat(list.path("foodItems")
                        .valueStream()
                        .map(item -> item.path("name").asString()))
                .containsExactly("Pizza Margherita", "Sushi Roll", "Burger Deluxe", "Pad Thai", "Tacos");
        assertThat(list.path("inventoryCheck").path("checked").asBoolean()).isTrue();
        assertThat(list.path("inventoryCheck").path("inventoryItems")).hasSize(9);
        assertThat(list.path("inventoryCheck").path("timestamp").asString())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

        assertThat(run("curl $FOOD_URL/food/1", 200).path("price").decimalValue())
                .isEqualTo("12.99");

        var salad = run("""
                curl -X POST $FOOD_URL/food \\
                  -H "Content-Type: application/json" \\
                  -d '{"name":"Caesar Salad","category":"Salad","price":8.99,"available":true}'""", 201);
        assertThat(salad.path("id").asInt()).isEqualTo(6);

        var updated = run("""
                curl -X PUT $FOOD_URL/food/1 \\
                  -H "Content-Type: application/json" \\
                  -d '{"name":"Margherita Pizza","category":"Italian","price":14.99,"available":true}'""", 200);
        assertThat(updated.path("name").asString()).isEqualTo("Margherita Pizza");

        assertThat(run("curl -X DELETE $FOOD_URL/food/1", 200)
                        .path("item")
                        .path("id")
                        .asInt())
                .isEqualTo(1);
    }

    private static JsonNode run(String command, int status) {
        var answer = CurlCommand.parse(command).run(food.client());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        return answer.json();
    }
}
