package io.multicloudboutique.contracts.consumer;

import static au.com.dius.pact.consumer.dsl.LambdaDsl.newJsonBody;

import au.com.dius.pact.consumer.MockServer;
import au.com.dius.pact.consumer.dsl.HttpInteractionBuilder;
import au.com.dius.pact.consumer.dsl.HttpRequestBuilder;
import au.com.dius.pact.consumer.dsl.HttpResponseBuilder;
import au.com.dius.pact.consumer.dsl.LambdaDslObject;
import au.com.dius.pact.consumer.dsl.Matchers;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import java.util.Map;
import java.util.function.Consumer;

/** The parts that all interactions of the SDK have in common. */
final class Sdk {

    /** The format of timestamps in responses. */
    static final String TIMESTAMP = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z";

    static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private Sdk() {}

    /** Creates a client of one service, without retries. */
    static BoutiqueClient of(BoutiqueService service, MockServer server) {
        return BoutiqueClient.builder()
                .baseUrl(service, server.getUrl())
                .maxRetries(0)
                .build();
    }

    static HttpRequestBuilder get(HttpRequestBuilder request) {
        return request.method("GET").header("Accept", "application/json, application/problem+json;q=0.9");
    }

    static HttpRequestBuilder put(HttpRequestBuilder request) {
        return get(request).method("PUT");
    }

    static HttpRequestBuilder delete(HttpRequestBuilder request) {
        return get(request).method("DELETE");
    }

    /** A POST with an idempotency key that the SDK generates. */
    static HttpRequestBuilder post(HttpRequestBuilder request) {
        return post(request, Matchers.regexp(UUID, "0f9a3c52-8f0e-4f5b-9d0c-0b4f2f3c6a11"));
    }

    /** @param key the exact idempotency key, or a matcher for it */
    static HttpRequestBuilder post(HttpRequestBuilder request, Object key) {
        return get(request).method("POST").header("Idempotency-Key", key);
    }

    /** The first request with this key is still in progress. */
    static HttpInteractionBuilder inProgress(HttpInteractionBuilder interaction, String path, String key) {
        return interaction.state("a request with the idempotency key is in progress", Map.of("path", path, "key", key));
    }

    static HttpResponseBuilder problem(HttpResponseBuilder response, int status, String code) {
        return problem(response, status, code, members -> {});
    }

    /** A problem response after which the SDK waits for the delay in {@code Retry-After} and sends the request again. */
    static HttpResponseBuilder temporaryProblem(HttpResponseBuilder response, int status, String code) {
        return problem(response, status, code).header("Retry-After", Matchers.regexp("[0-9]{1,9}", "1"));
    }

    /** A problem response with the members from which the SDK creates its exceptions. */
    static HttpResponseBuilder problem(
            HttpResponseBuilder response, int status, String code, Consumer<LambdaDslObject> members) {
        return response.status(status)
                .header("Content-Type", "application/problem+json")
                .body(newJsonBody(problem -> {
                            problem.numberValue("status", status).stringValue("code", code);
                            members.accept(problem);
                        })
                        .build());
    }
}
