package io.multicloudboutique.analytics;

import io.multicloudboutique.testing.CitusCompatibility;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;

class CitusTest extends CitusCompatibility {

    @RegisterExtension
    static final RunningService analytics =
            RunningService.of(AnalyticsApplication.class, "analytics", () -> "boutique.retention.metrics=90d");

    CitusTest() {
        super(analytics, Map.of());
    }
}
