package io.multicloudboutique.contracts.provider;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.provider.ProviderResponse;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.AllowOverridePactUrl;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real service on a database of its own answers each interaction as its pact says, and would be caught if it did not.
 * A service's test extends it and makes the states true: by requests, so that there is nothing that the service itself
 * would not have written.
 */
@PactSource(Pacts.class)
@AllowOverridePactUrl
abstract class ProviderTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, Integer> REFUSED = new TreeMap<>();

    private final RunningService service;
    private final String emptying;
    private final ReplayingTarget target;

    /** @param emptying the statement that removes everything, before each interaction */
    ProviderTest(RunningService service, String emptying) {
        this.service = service;
        this.emptying = emptying;
        this.target = new ReplayingTarget(service.url());
    }

    @BeforeEach
    void begin(@Nullable PactVerificationContext context) {
        empty();
        if (context != null) {
            context.setTarget(target);
        }
    }

    @TestTemplate
    @ExtendWith(PactVerificationInvocationContextProvider.class)
    void itKeepsThePact(PactVerificationContext context) {
        verify(context);
        // How strict the pacts of a broker are is not for a provider's build to say.
        if (Pacts.areCommitted()) {
            thePactRefusesMutants(context);
        }
    }

    private static void verify(PactVerificationContext context) {
        try {
            context.verifyInteraction();
        } catch (AssertionError broken) {
            var consumer = context.getConsumer().getName();
            throw new AssertionError(
                    "%s%s relies on this (contract-tests/pacts/%s-%s.json): keep it, or change %s first."
                            .formatted(
                                    broken.getMessage(),
                                    consumer,
                                    consumer,
                                    context.getProviderInfo().getName(),
                                    consumer));
        }
    }

    /** Otherwise a matcher does not lock what it seems to lock. */
    private void thePactRefusesMutants(PactVerificationContext context) {
        var between = context.getConsumer().getName() + " and "
                + context.getProviderInfo().getName();
        var interaction = context.getInteraction();
        var pact = interaction.asSynchronousRequestResponse().getResponse();
        // It would print each.
        context.getVerifier().setReporters(List.of());

        var richer = Mutants.richer(pact, target.answer());
        assertThat(isAccepted(richer, context))
                .as(
                        "%s, %s: what the pact does not name is free, such as more fields",
                        between, interaction.getDescription())
                .isTrue();

        var mutants = Mutants.of(pact, richer);
        assertThat(mutants).isNotEmpty();
        assertThat(mutants.stream().filter(mutant -> isAccepted(mutant.answer(), context)))
                .extracting(Mutants.Mutant::change)
                .as("%s, %s: the pact accepts an answer in which", between, interaction.getDescription())
                .isEmpty();
        REFUSED.merge(between, mutants.size(), Integer::sum);
    }

    private boolean isAccepted(ProviderResponse answer, PactVerificationContext context) {
        target.replaceAnswer(answer);
        try {
            context.verifyInteraction();
            return true;
        } catch (AssertionError refused) {
            // Not what the service itself did.
            context.getTestExecutionResult().clear();
            return false;
        }
    }

    @AfterAll
    static void sayHowManyMutantsWereRefused() {
        REFUSED.forEach((between, mutants) -> System.out.printf("%n%s: %d mutants refused%n", between, mutants));
        REFUSED.clear();
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

    /**
     * Makes a state true by a request, and returns what was answered. Whether that keeps the contract is not looked at: a change of the
     * service would fail here, and nobody would be told which consumer relies on what.
     */
    final JsonNode post(String path, Map<String, ?> body, String... headers) {
        return post(service, path, body, headers);
    }

    static JsonNode post(RunningService service, String path, Map<String, ?> body, String... headers) {
        var request = HttpRequest.newBuilder(service.url().resolve(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode())
                    .as("POST %s answered %s", path, answer.body())
                    .isBetween(200, 299);
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("POST " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
