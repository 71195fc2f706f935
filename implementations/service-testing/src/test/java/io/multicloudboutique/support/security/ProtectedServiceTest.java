package io.multicloudboutique.support.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.RunningService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The responses of a protected service to requests without credentials. */
class ProtectedServiceTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(
            EmptyService.class,
            "food",
            () -> "boutique.cors.allowed-origins=https://shop.example",
            () -> "boutique.security.mode=api-key",
            () -> "boutique.security.api-keys=checkout=" + "a".repeat(64));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi.yaml",
                "/openapi.json",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/v3/api-docs/swagger-config",
                "/swagger-ui/index.html",
                "/swagger-ui/swagger-initializer.js",
                "/swagger-ui/swagger-ui.css"
            })
    void theContractAndSwaggerUiAreOpen(String path) throws Exception {
        assertThat(send(HttpRequest.newBuilder(service.url().resolve(path))).statusCode())
                .isEqualTo(200);
    }

    @Test
    void theRedirectToSwaggerUiIsOpen() throws Exception {
        assertThat(send(HttpRequest.newBuilder(service.url().resolve("/swagger-ui.html")))
                        .statusCode())
                .isEqualTo(302);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health/", "/HEALTH", "/swagger-ui.html/", "/swagger-uis/a", "/v3/api-docs/", "/v3/api-docs/a"})
    void aPathThatOnlyResemblesAnOpenPathIsProtected(String path) throws Exception {
        assertThat(send(HttpRequest.newBuilder(service.url().resolve(path))).statusCode())
                .isEqualTo(401);
    }

    @Test
    void filesMayNotBeStoredAndHealthMustBeRevalidated() throws Exception {
        assertThat(cacheControl("/swagger-ui/index.html")).hasValue("no-store");
        assertThat(cacheControl("/swagger-ui/swagger-ui-bundle.js")).hasValue("no-store");
        assertThat(cacheControl("/health")).hasValue("private, no-cache");
    }

    private static Optional<String> cacheControl(String path) throws Exception {
        return send(HttpRequest.newBuilder(service.url().resolve(path)))
                .headers()
                .firstValue("Cache-Control");
    }

    @Test
    void anAllowedOriginMaySendAPreflightWithoutCredentials() throws Exception {
        var response = preflight("/food/1", "https://shop.example", "PUT");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Headers"))
                .hasValue("authorization, x-api-key");
        assertThat(response.headers().firstValue("Access-Control-Allow-Methods").orElseThrow())
                .contains("PUT");
    }

    @Test
    void aPreflightFromAnotherOriginIsRejected() throws Exception {
        assertThat(preflight("/food/1", "https://evil.example", "PUT").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/openapi.json"})
    void everyOriginMayReadTheContractWithoutCredentials(String path) throws Exception {
        var response =
                send(HttpRequest.newBuilder(service.url().resolve(path)).header("Origin", "https://editor.example"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(response.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
    }

    @Test
    void everyOriginMayReadTheContractBehindAProxy() throws Exception {
        var response = send(HttpRequest.newBuilder(service.url().resolve("/openapi.yaml"))
                .header("Origin", "https://editor.example")
                .header("X-Forwarded-Prefix", "/shop"));

        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/openapi.json"})
    void aPreflightForTheContractAllowsOnlyReading(String path) throws Exception {
        var read = preflight(path, "https://editor.example", "GET");

        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertThat(read.headers().firstValue("Access-Control-Allow-Methods")).hasValue("GET,HEAD");
        assertThat(read.headers().firstValue("Access-Control-Allow-Credentials"))
                .isEmpty();
        assertThat(preflight(path, "https://editor.example", "PUT").statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/food/1", "/health", "/swagger-ui.html", "/openapi.yaml/", "/openapi.jsonl"})
    void anotherOriginMayReadNothingElse(String path) throws Exception {
        var response =
                send(HttpRequest.newBuilder(service.url().resolve(path)).header("Origin", "https://editor.example"));

        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(preflight(path, "https://editor.example", "GET").statusCode())
                .isEqualTo(403);
    }

    @Test
    void anAllowedOriginMayReadThe401Response() throws Exception {
        var response = send(HttpRequest.newBuilder(url()).header("Origin", "https://shop.example"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://shop.example");
    }

    private static HttpResponse<String> preflight(String path, String origin, String method) throws Exception {
        return send(HttpRequest.newBuilder(service.url().resolve(path))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", "authorization, x-api-key"));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static URI url() {
        return service.url().resolve("/food/1");
    }
}
