package io.multicloudboutique.contracts.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import au.com.dius.pact.provider.junit5.HttpTestTarget;
import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junit5.PactVerificationInvocationContextProvider;
import au.com.dius.pact.provider.junitsupport.AllowOverridePactUrl;
import au.com.dius.pact.provider.junitsupport.Provider;
import au.com.dius.pact.provider.junitsupport.loader.PactSource;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * If a broker is configured, a provider test with {@link Pacts} verifies the pacts of the broker, and publishes the
 * results on request.
 */
class BrokerTest {

    private static final Path PACT = Path.of("..", "pacts", "client-sdk-analytics.json");
    private static final String TOKEN = "a-secret-token";

    private final Properties before = new Properties();
    private final List<Request> requests = Collections.synchronizedList(new ArrayList<>());
    private static URL provider;
    private HttpServer server;
    private String pact;
    private boolean pending;
    private int statusForResults = 201;

    @BeforeEach
    void startBroker() throws IOException {
        before.putAll(System.getProperties());
        pact = Files.readString(PACT);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        provider = URI.create(url("")).toURL();
        System.setProperty("PACT_BROKER_BASE_URL", url(""));
        System.setProperty("PACT_BROKER_TOKEN", TOKEN);
        // The broker settings of the build itself must not affect these tests.
        System.setProperty("PACT_BROKER_USERNAME", "");
        List.of("pact.verifier.publishResults", "pact.filter.pacturl", "pact.filter.consumers")
                .forEach(System::clearProperty);
        System.setProperty("pact.provider.version", "c0ffee");
        System.setProperty("pact.provider.branch", "feat/faster");
    }

    @AfterEach
    void stopBrokerAndRestoreProperties() {
        server.stop(0);
        System.setProperties(before);
    }

    @Test
    void pactsOfMainBranchesDeployedVersionsAndTheSameBranchAreVerified() {
        verify().testEvents().assertStatistics(tests -> tests.started(1).succeeded(1));

        assertThat(one("POST", "/pacts/provider/analytics/for-verification").body())
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"consumerVersionSelectors": [{"mainBranch": true}, {"deployedOrReleased": true}, {"matchingBranch": true}],
                         "providerVersionBranch": "feat/faster", "providerVersionTags": [],
                         "includePendingStatus": true, "includeWipPactsSince": "2026-11-01"}"""));
        assertThat(requests).extracting(Request::authorization).containsOnly("Bearer " + TOKEN);
    }

    @Test
    void onlyThePactThatAWebhookNamesIsVerified() {
        System.setProperty("pact.verifier.publishResults", "true");
        System.setProperty("pact.filter.pacturl", url("/pact"));
        System.setProperty("pact.filter.consumers", "client-sdk");

        verify().testEvents().assertStatistics(tests -> tests.started(1).succeeded(1));

        assertThat(requests).extracting(Request::path).doesNotContain("/pacts/provider/analytics/for-verification");
        assertThat(one("POST", "/results").body().path("success").booleanValue())
                .isTrue();
    }

    @Test
    void resultsAreNotPublishedByDefault() {
        verify();

        assertThat(requests).extracting(Request::path).doesNotContain("/results");
    }

    @Test
    void aSuccessIsPublishedWithCommitAndBranch() {
        System.setProperty("pact.verifier.publishResults", "true");

        verify().testEvents().assertStatistics(tests -> tests.succeeded(1));

        one("PUT", "/analytics/branches/feat%2Ffaster/versions/c0ffee");
        var result = one("POST", "/results").body();
        assertThat(result.path("success").asBoolean()).isTrue();
        assertThat(result.path("providerApplicationVersion").asString()).isEqualTo("c0ffee");
        assertThat(requests).extracting(Request::authorization).containsOnly("Bearer " + TOKEN);
    }

    @Test
    void aFailureIsPublishedAndFailsTheTest() {
        System.setProperty("pact.verifier.publishResults", "true");
        pact = pact.replace("\"status\": 201", "\"status\": 200");

        verify().testEvents().assertStatistics(tests -> tests.failed(1));

        assertThat(one("POST", "/results").body().path("success").booleanValue())
                .isFalse();
    }

    @Test
    void aFailureOfAPendingPactIsPublishedAndDoesNotFailTheTest() {
        System.setProperty("pact.verifier.publishResults", "true");
        pact = pact.replace("\"status\": 201", "\"status\": 200");
        pending = true;

        verify().testEvents().assertStatistics(tests -> tests.failed(0).succeeded(1));

        assertThat(one("POST", "/results").body().path("success").booleanValue())
                .isFalse();
    }

    @Test
    void theTestFailsIfTheBrokerRejectsTheResults() {
        System.setProperty("pact.verifier.publishResults", "true");
        statusForResults = 500;

        verify().testEvents().assertStatistics(tests -> tests.failed(1));
    }

    @Test
    void publishingResultsWithoutACommitIsRejected() {
        System.setProperty("pact.verifier.publishResults", "true");
        System.clearProperty("pact.provider.version");

        assertThat(reasons(verify())).contains("set both pact.provider.version (the commit) and pact.provider.branch");
        assertThat(requests).isEmpty();
    }

    @Test
    void theFailureForAnUnreachableBrokerContainsItsAddressButNotTheToken() {
        server.stop(0);

        var verified = verify();

        assertThat(verified.testEvents().succeeded().count()).isZero();
        assertThat(reasons(verified)).contains(url("").replace("http://", "")).doesNotContain(TOKEN);
    }

    private static EngineExecutionResults verify() {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(Answering.class))
                .execute();
    }

    /**
     * The provider test that these tests run. The broker's server also serves as the provider, so no provider has to
     * start.
     */
    @Provider("analytics")
    @PactSource(Pacts.class)
    @AllowOverridePactUrl
    static class Answering {

        @BeforeEach
        void begin(PactVerificationContext context) {
            context.setTarget(HttpTestTarget.fromUrl(provider));
        }

        @TestTemplate
        @ExtendWith(PactVerificationInvocationContextProvider.class)
        void theProviderSatisfiesThePact(PactVerificationContext context) {
            context.verifyInteraction();
        }
    }

    /** The reasons why containers and tests failed, including all causes. */
    private static String reasons(EngineExecutionResults verified) {
        var reasons = new StringBuilder();
        verified.allEvents()
                .failed()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .forEach(thrown -> {
                    for (var t = thrown; t != null; t = t.getCause()) {
                        reasons.append(t).append('\n');
                    }
                });
        return reasons.toString();
    }

    private Request one(String method, String path) {
        return assertThat(requests)
                .filteredOn(request ->
                        request.method().equals(method) && request.path().equals(path))
                .singleElement()
                .actual();
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private record Request(String method, String path, String authorization, JsonNode body) {}

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getRawPath();
            if (path.equals("/metrics")) {
                reply(
                        exchange,
                        201,
                        "application/json",
                        JsonMapper.shared()
                                .readTree(Files.readString(PACT))
                                .at("/interactions/0/response/body/content")
                                .toString());
                return;
            }
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    path,
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes())));
            reply(exchange, path.equals("/results") ? statusForResults : 200, "application/hal+json", resource(path));
        }
    }

    private static void reply(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String resource(String path) {
        return switch (path) {
            case "/", "" -> """
                    {"_links": {"pb:provider-pacts-for-verification":
                      {"href": "%s", "templated": true}}}""".formatted(url("/pacts/provider/{provider}/for-verification"));
            case "/pacts/provider/analytics/for-verification" -> """
                    {"_embedded": {"pacts": [{
                      "verificationProperties": {"pending": %s, "notices": []},
                      "_links": {"self": {"href": "%s", "name": "Pact between client-sdk and analytics"}}}]}}""".formatted(pending, url("/pact"));
            case "/pact" -> {
                var document = (ObjectNode) JsonMapper.shared().readTree(pact);
                ((ObjectNode) document.path("interactions").path(0)).put("_id", "7a6b");
                yield document.set("_links", JsonMapper.shared().readTree("""
                        {"self": {"href": "%s"}, "pb:provider": {"href": "%s"},
                         "pb:publish-verification-results": {"href": "%s"}}""".formatted(
                                        url("/pact"), url("/analytics"), url("/results"))))
                        .toString();
            }
            case "/analytics" -> """
                    {"_links": {"pb:branch-version": {"href": "%s", "templated": true}}}""".formatted(url("/analytics/branches/{branch}/versions/{version}"));
            default -> "{}";
        };
    }
}
