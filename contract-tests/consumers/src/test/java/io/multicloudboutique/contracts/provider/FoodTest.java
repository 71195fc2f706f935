package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.State;
import io.multicloudboutique.food.FoodApplication;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

@Provider("food")
class FoodTest extends ProviderTest {

    @RegisterExtension
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    FoodTest() {
        super(food, "TRUNCATE food.food_items, food.idempotency_keys");
    }

    @State("there are no dishes")
    void thereAreNoDishes() {}

    @State("a dish is on the menu")
    Map<String, Object> aDishIsOnTheMenu(Map<String, Object> dish) {
        var created = post("/food", dish);
        return Map.of("id", created.path("id").asLong());
    }
}
