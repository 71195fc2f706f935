package io.multicloudboutique.crm;

import io.multicloudboutique.testing.ContractBadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class BadInputTest extends ContractBadInputs {

    @RegisterExtension
    static final RunningService crm = RunningService.of(CrmApplication.class, "crm");

    BadInputTest() {
        super(crm);
    }

    @Override
    protected Map<String, String> ids() {
        return Map.of("id", "1");
    }
}
