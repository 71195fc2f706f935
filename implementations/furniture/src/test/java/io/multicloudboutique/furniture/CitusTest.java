package io.multicloudboutique.furniture;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService furniture = RunningService.of(FurnitureApplication.class, "furniture");

    CitusTest() {
        super(furniture, Map.of("id", "1"));
    }
}
