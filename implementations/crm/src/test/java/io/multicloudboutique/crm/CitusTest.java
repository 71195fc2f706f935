package io.multicloudboutique.crm;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    CitusTest() {
        super(crm, Map.of("id", "1"));
    }
}
