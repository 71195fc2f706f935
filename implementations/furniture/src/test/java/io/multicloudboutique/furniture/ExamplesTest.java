package io.multicloudboutique.furniture;

import io.multicloudboutique.testing.ContractExamples;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExamplesTest extends ContractExamples {

    @RegisterExtension
    static final RunningService furniture = RunningService.of(FurnitureApplication.class, "furniture");

    ExamplesTest() {
        super(furniture, Map.of("id", "1"));
    }
}
