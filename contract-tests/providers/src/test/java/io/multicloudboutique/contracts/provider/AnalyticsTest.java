package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.junitsupport.Provider;
import io.multicloudboutique.analytics.AnalyticsApplication;
import io.multicloudboutique.testing.RunningService;
import org.junit.jupiter.api.extension.RegisterExtension;

@Provider("analytics")
class AnalyticsTest extends ProviderTest {

    @RegisterExtension
    static final RunningService analytics = RunningService.of(AnalyticsApplication.class, "analytics");

    AnalyticsTest() {
        super(analytics, "TRUNCATE analytics.metrics, analytics.durations, analytics.idempotency_keys");
    }
}
