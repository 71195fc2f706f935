package io.multicloudboutique.food;

import io.multicloudboutique.testing.ContractBadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class BadInputTest extends ContractBadInputs {

    @RegisterExtension
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    BadInputTest() {
        super(food);
    }

    @Override
    protected Map<String, String> ids() {
        return Map.of("id", "1");
    }
}
