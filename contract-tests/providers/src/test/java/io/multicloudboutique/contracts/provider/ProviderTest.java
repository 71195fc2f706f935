package io.multicloudboutique.contracts.provider;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.AllowOverridePactUrl;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real service on a database of its own answers each interaction as its pact says. A service's test extends it and makes the
 * states true: by requests, so that there is nothing that the service itself would not have written.
 */
@PactSource(Pacts.class)
@AllowOverridePactUrl
abstract class ProviderTest {

    private final RunningService service;
    private final String emptying;

    /** @param emptying the statement that removes everything, before each interaction */
    ProviderTest(RunningService service, String emptying) {
        this.service = service;
        this.emptying = emptying;
    }

    @BeforeEach
    void begin(@Nullable PactVerificationContext context) {
        empty();
        if (context != null) {
            context.setTarget(
                    new HttpTestTarget(service.url().getHost(), service.url().getPort()));
        }
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void itKeepsThePact(PactVerificationContext context) {
        context.verifyInteraction();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "PACT_VERIFIER", matches = ".+")
    @ExtendWith(AnotherVerifier.class)
    void anotherVerifierAgrees() throws Exception {
        AnotherVerifier.verify(this, service, this::empty);
    }

    private void empty() {
        service.database().execute(emptying);
    }

    final ContractClient client() {
        return service.client();
    }

    static String json(Map<String, ?> body) {
        return JsonMapper.shared().writeValueAsString(body);
    }
}
