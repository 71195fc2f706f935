package io.multicloudboutique.crm;

import io.multicloudboutique.testing.ContractExamples;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExamplesTest extends ContractExamples {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    ExamplesTest() {
        super(crm, Map.of("id", "1"));
    }
}
