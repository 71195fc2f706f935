package io.multicloudboutique.accounting;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService accounting =
            RunningService.of(AccountingApplication.class, "accounting", () -> "crm.service.url=http://127.0.0.1:1");

    CitusTest() {
        super(accounting, Map.of("id", "1"));
    }
}
