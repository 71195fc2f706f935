package io.multicloudboutique.analytics;

import io.multicloudboutique.testing.ContractBadInputs;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class BadInputTest extends ContractBadInputs {

    @RegisterExtension
    static final RunningService analytics = RunningService.of(AnalyticsApplication.class, "analytics");

    BadInputTest() {
        super(analytics);
    }

    @Override
    protected Map<String, String> ids() {
        return Map.of();
    }
}
