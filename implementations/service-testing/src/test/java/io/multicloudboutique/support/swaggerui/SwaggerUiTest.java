package io.multicloudboutique.support.swaggerui;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The contract and Swagger UI at springdoc's paths. The gates try Swagger UI in a browser. */
class SwaggerUiTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(
            EmptyService.class,
            "food",
            () -> "boutique.security.mode=api-key",
            () -> "boutique.security.api-keys=checkout=" + "a".repeat(64));

    @RegisterExtension
    static final RunningService elsewhere = RunningService.of(
            EmptyService.class,
            "food",
            () -> "springdoc.api-docs.path=/contract",
            () -> "springdoc.swagger-ui.path=/docs/ui.html",
            () -> "boutique.security.mode=api-key",
            () -> "boutique.security.api-keys=checkout=" + "a".repeat(64));

    /** A proxy may strip a prefix from the path without telling the service. */
    @Test
    void theRedirectAndAllAddressesAreRelative() throws Exception {
        assertThat(get(service, "/swagger-ui.html?urls.primaryName=a%20b")
                        .headers()
                        .firstValue("Location"))
                .hasValue("swagger-ui/index.html?urls.primaryName=a%20b");
        var settings = json(service, "/v3/api-docs/swagger-config");
        assertThat(settings.path("url").asString()).isEqualTo("../v3/api-docs");
        assertThat(settings.path("tryItOutEnabled").asBoolean()).isTrue();
        assertThat(get(service, "/swagger-ui/swagger-initializer.js").body())
                .contains("\"configUrl\" : \"../v3/api-docs/swagger-config\"")
                .doesNotContain("petstore");
    }

    @Test
    void theContractIsTheSameExceptForTheAddressOfItsServer() throws Exception {
        var contract = (ObjectNode) json(service, "/openapi.json");
        ((ObjectNode) contract.at("/servers/0")).put("url", "../");

        assertThat(json(service, "/v3/api-docs")).isEqualTo(contract);
        assertThat(get(service, "/v3/api-docs.yaml").body())
                .isEqualTo(get(service, "/openapi.yaml").body().replace("- url: ./\n", "- url: ../\n"));
    }

    @Test
    void allPathsFollowTheSettingsOfSpringdoc() throws Exception {
        assertThat(get(elsewhere, "/docs/ui.html").headers().firstValue("Location"))
                .hasValue("swagger-ui/index.html");
        assertThat(get(elsewhere, "/docs/swagger-ui/index.html").statusCode()).isEqualTo(200);
        assertThat(get(elsewhere, "/docs/swagger-ui/swagger-initializer.js").body())
                .contains("\"configUrl\" : \"../../contract/swagger-config\"");
        assertThat(json(elsewhere, "/contract/swagger-config").path("url").asString())
                .isEqualTo("../../contract");
        assertThat(json(elsewhere, "/contract").at("/servers/0/url").asString()).isEqualTo("./");
        assertThat(get(elsewhere, "/contract.yaml").body()).contains("- url: ./\n");
        assertThat(get(elsewhere, "/v3/api-docs").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/swagger-ui/absent.js", "/swagger-ui/", "/swagger-ui/..%2f..%2fapplication.properties"})
    void aFileThatDoesNotExistIsAProblem(String path) throws Exception {
        var response = get(service, path);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void headAnswersLikeGetWithoutABody() throws Exception {
        for (var path : List.of("/v3/api-docs", "/v3/api-docs.yaml", "/swagger-ui/index.html", "/swagger-ui.html")) {
            var response = send(service, path, HttpRequest.newBuilder().method("HEAD", BodyPublishers.noBody()));
            assertThat(response.statusCode()).as(path).isEqualTo(path.equals("/swagger-ui.html") ? 302 : 200);
            assertThat(response.body()).isEmpty();
        }
    }

    @Test
    void pagesAreNoOperationsInTheMetrics() throws Exception {
        get(service, "/swagger-ui.html");
        get(service, "/v3/api-docs/swagger-config");

        assertThat(service.scrape().text()).doesNotContain("redirectToUi", "getSwaggerUiConfig", "swagger-ui.html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/swagger-ui.html", "/swagger-ui/index.html", "/v3/api-docs", "/v3/api-docs/swagger-config"})
    void theManagementServerHasNoPages(String path) throws Exception {
        assertThat(send(service.managementUrl(), path, HttpRequest.newBuilder()).statusCode())
                .isEqualTo(404);
    }

    private static JsonNode json(RunningService service, String path) throws Exception {
        var response = get(service, path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return JsonMapper.shared().readTree(response.body());
    }

    private static HttpResponse<String> get(RunningService service, String path) throws Exception {
        return send(service, path, HttpRequest.newBuilder());
    }

    private static HttpResponse<String> send(RunningService service, String path, HttpRequest.Builder request)
            throws Exception {
        return send(service.url(), path, request);
    }

    private static HttpResponse<String> send(URI server, String path, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.uri(URI.create(server + path)).build(), BodyHandlers.ofString());
    }
}
