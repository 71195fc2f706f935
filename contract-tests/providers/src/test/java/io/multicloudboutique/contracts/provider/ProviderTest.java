package io.multicloudboutique.contracts.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import au.com.dius.pact.provider.ProviderResponse;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.AllowOverridePactUrl;
import au.com.dius.pact.provider.junitsupport.State;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Verifies the pacts of one provider: the real service, on its own database, must return the response that each
 * interaction describes. The test also checks that committed pacts are strict enough to reject broken responses. The
 * test of a service extends this class and creates the provider states with requests, so that the database contains
 * only data that the service itself has written.
 */
@PactSource(Pacts.class)
@AllowOverridePactUrl
abstract class ProviderTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Map<String, Integer> REJECTED = new TreeMap<>();

    private final RunningService service;
    private final String truncate;
    private final ReplayingTarget target;
    private final Deque<AutoCloseable> conditions = new ArrayDeque<>();

    /** @param truncate the SQL statement that removes all data; runs before each interaction */
    ProviderTest(RunningService service, String truncate) {
        this.service = service;
        this.truncate = truncate;
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
    void theProviderSatisfiesThePact(PactVerificationContext context) {
        verify(context);
        // A provider's build does not judge whether the pacts of a broker are strict enough.
        if (Pacts.areCommitted()) {
            verifyThatThePactRejectsMutants(context);
        }
    }

    private static void verify(PactVerificationContext context) {
        try {
            context.verifyInteraction();
        } catch (AssertionError broken) {
            var consumer = context.getConsumer().getName();
            throw new AssertionError(("%s%s relies on this response (contract-tests/pacts/%s-%s.json). "
                            + "Restore the response, or change %s first.")
                    .formatted(
                            broken.getMessage(),
                            consumer,
                            consumer,
                            context.getProviderInfo().getName(),
                            consumer));
        }
    }

    /** Detects matchers that accept more than they seem to. */
    private void verifyThatThePactRejectsMutants(PactVerificationContext context) {
        var between = context.getConsumer().getName() + " and "
                + context.getProviderInfo().getName();
        var interaction = context.getInteraction();
        var pact = interaction.asSynchronousRequestResponse().getResponse();
        // The reporters would print every mutant.
        context.getVerifier().setReporters(List.of());

        var richer = Mutants.richer(pact, target.response());
        assertThat(isAccepted(richer, context))
                .as(
                        "%s, %s: the pact accepts what it does not name, such as additional fields",
                        between, interaction.getDescription())
                .isTrue();

        var mutants = Mutants.of(pact, richer);
        assertThat(mutants).isNotEmpty();
        assertThat(mutants.stream().filter(mutant -> isAccepted(mutant.response(), context)))
                .extracting(Mutants.Mutant::change)
                .as("%s, %s: broken responses that the pact accepts", between, interaction.getDescription())
                .isEmpty();
        REJECTED.merge(between, mutants.size(), Integer::sum);
    }

    private boolean isAccepted(ProviderResponse response, PactVerificationContext context) {
        target.replaceResponse(response);
        try {
            context.verifyInteraction();
            return true;
        } catch (AssertionError rejected) {
            // The failure concerns the mutant, not the response of the service.
            context.getTestExecutionResult().clear();
            return false;
        }
    }

    @AfterAll
    static void printTheNumberOfRejectedMutants() {
        REJECTED.forEach((between, mutants) -> System.out.printf("%n%s: %d mutants rejected%n", between, mutants));
        REJECTED.clear();
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "PACT_VERIFIER", matches = ".+")
    @ExtendWith(AnotherVerifier.class)
    void aSecondVerifierAgrees() throws Exception {
        AnotherVerifier.verify(this, service, this::empty);
    }

    private void empty() {
        endConditions();
        service.database().execute(truncate);
    }

    /** Ends the conditions that states of the previous interaction have created. */
    @AfterEach
    void endConditions() {
        while (!conditions.isEmpty()) {
            try {
                conditions.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @State("the database is unavailable")
    void theDatabaseIsUnavailable() {
        service.database().refuseConnections();
        conditions.push(() -> {
            service.database().acceptConnections();
            // The pool may still hand out a connection that the outage has broken.
            await().untilAsserted(() ->
                    assertThat(get(service, "/readyz").statusCode()).isEqualTo(200));
        });
    }

    /** The transaction of the first request has stored its key, and is not committed yet. */
    @State("a request with the idempotency key is in progress")
    void aRequestWithTheKeyIsInProgress(Map<String, Object> request) throws SQLException {
        var transaction = service.database().connect();
        conditions.push(transaction);
        transaction.setAutoCommit(false);
        try (var claim = transaction.prepareStatement(
                "INSERT INTO " + service.name()
                        + ".idempotency_keys (caller, method, path, key, fingerprint, expires_at) VALUES ('', 'POST', ?, ?, '', 'infinity')")) {
            claim.setString(1, (String) request.get("path"));
            claim.setString(2, (String) request.get("key"));
            claim.execute();
        }
    }

    /**
     * Sends a POST that creates a provider state, and returns the response body. The status must be 2xx, but the
     * response is not checked against the contract. Otherwise a change of the service would fail here, in a place that
     * does not name the consumer that it breaks.
     */
    final JsonNode post(String path, Map<String, ?> body, String... headers) {
        return post(service, path, body, headers);
    }

    static JsonNode post(RunningService service, String path, Map<String, ?> body, String... headers) {
        return JsonMapper.shared()
                .readTree(postForResponse(service, path, body, headers).body());
    }

    /**
     * Adds an item with a POST, and returns its id and its ETag as the values of a state.
     *
     * @param item the fields of the item, and {@code key} with the idempotency key of the request, if it has one
     */
    final Map<String, Object> create(String path, Map<String, Object> item) {
        var fields = new TreeMap<>(item);
        var key = fields.remove("key");
        var headers = key == null ? new String[0] : new String[] {"Idempotency-Key", (String) key};
        var response = postForResponse(service, path, fields, headers);
        return Map.of(
                "id",
                JsonMapper.shared().readTree(response.body()).path("id").asLong(),
                "etag",
                response.headers().firstValue("ETag").orElseThrow());
    }

    /** Reads the cursor that leads from the first page, which has one item, to the second page. */
    final Map<String, Object> secondPage(String path) {
        return Map.of(
                "cursor",
                get(service, path + "?limit=1")
                        .headers()
                        .firstValue("Next-Cursor")
                        .orElseThrow());
    }

    final String etag(String path) {
        return get(service, path).headers().firstValue("ETag").orElseThrow();
    }

    private static HttpResponse<String> get(RunningService service, String path) {
        return send(HttpRequest.newBuilder(service.url().resolve(path))
                .timeout(Duration.ofSeconds(30))
                .build());
    }

    private static HttpResponse<String> postForResponse(
            RunningService service, String path, Map<String, ?> body, String... headers) {
        var request = HttpRequest.newBuilder(service.url().resolve(path))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body)));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        var response = send(request.build());
        assertThat(response.statusCode())
                .as("POST %s returned %s", path, response.body())
                .isBetween(200, 299);
        return response;
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
