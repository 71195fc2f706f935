package io.multicloudboutique.inventory;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    CitusTest() {
        super(inventory, Map.of("productId", "OLJCESPC7Z"));
    }
}
