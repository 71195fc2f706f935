package io.multicloudboutique.furniture;

import io.multicloudboutique.testing.ContractBadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class BadInputTest extends ContractBadInputs {

    @RegisterExtension
    static final RunningService furniture = RunningService.of(FurnitureApplication.class, "furniture");

    BadInputTest() {
        super(furniture);
    }

    @Override
    protected Map<String, String> ids() {
        return Map.of("id", "1");
    }
}
