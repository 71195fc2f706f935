package io.multicloudboutique.food;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    CitusTest() {
        super(food, Map.of("id", "1"));
    }
}
