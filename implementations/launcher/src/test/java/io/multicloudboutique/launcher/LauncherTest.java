package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.testing.TestDatabase;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The services, the start page, the console and the log of a running launcher. */
class LauncherTest {

    private static final Pattern REFERENCE = Pattern.compile("\\$ref\"? ?: ['\"]?([^'\"}\\s]+)");

    @TempDir
    static Path dataFolder;

    private static RunningLauncher launcher;

    @BeforeAll
    static void start() {
        launcher = RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder);
    }

    @AfterAll
    static void stop() {
        launcher.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceIsHealthy(Service service) {
        Awaitility.await()
                .until(() -> launcher.client(service).get("/health").send().status() == 200);
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceServesItsContractAsOneFile(Service service) throws IOException {
        for (var format : List.of("yaml", "json")) {
            var contract = Browser.get(launcher.url(service), "/openapi." + format);

            assertThat(contract.headers().firstValue("Content-Type")).hasValue("application/" + format);
            assertThat(contract.body())
                    .isEqualTo(new ClassPathResource("openapi/bundled/" + service.id() + "." + format)
                            .getContentAsString(StandardCharsets.UTF_8));
            assertThat(contract.body())
                    .containsPattern("\"?title\"?: \"?Multicloud Boutique " + service.title())
                    .containsPattern("\"?url\"?: \"?\\./");
            assertThat(REFERENCE.matcher(contract.body()).results().map(reference -> reference.group(1)))
                    .isNotEmpty()
                    .allSatisfy(reference -> assertThat(reference).startsWith("#/components/"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceServesSwaggerUi(Service service) {
        assertThat(Browser.get(launcher.url(service), "/swagger-ui.html")
                        .headers()
                        .firstValue("Location"))
                .hasValue("swagger-ui/index.html");
        assertThat(Browser.get(launcher.url(service), "/swagger-ui/index.html").body())
                .contains("swagger-initializer.js");
        assertThat(Browser.get(launcher.url(service), "/v3/api-docs").body())
                .contains("Multicloud Boutique " + service.title());
    }

    @Test
    void theStartPageListsEveryServiceWithItsPort() {
        var list = JsonMapper.shared()
                .readTree(Browser.get(launcher.page(), "/services.json").body());

        assertThat(list).hasSize(Service.values().length);
        for (var service : Service.values()) {
            var listed = list.get(service.ordinal());
            assertThat(listed.path("name").asString()).isEqualTo(service.id());
            assertThat(listed.path("title").asString()).isEqualTo(service.title());
            assertThat(listed.path("description").asString()).isEqualTo(service.description());
            assertThat(listed.path("port").asInt()).isEqualTo(service.port(launcher.portBase()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/page.css",
                "/page.js",
                "/api.js",
                "/audit.js",
                "/books.js",
                "/charts.js",
                "/element.js",
                "/live.js",
                "/map.js",
                "/orders.js",
                "/icon.svg",
                "/swagger-ui/index.html",
                "/swagger-ui/swagger-initializer.js",
                "/swagger-ui/swagger-ui.css",
                "/swagger-ui/swagger-ui-bundle.js",
                "/swagger-ui/swagger-ui-standalone-preset.js"
            })
    void theStartPageIsServedWithAStrictContentSecurityPolicy(String path) {
        var response = Browser.get(launcher.page(), path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(response.headers().firstValue("Last-Modified"))
                .as("All files of a reproducible jar have the same modification time")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/services.json", "/live.json", "/page.css"})
    void theStartPageAnswersHeadLikeGet(String path) {
        var head = Browser.head(launcher.page(), path);

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(Browser.get(launcher.page(), path).headers().firstValue("Content-Type"));
        assertThat(head.body()).isEmpty();
    }

    @Test
    void anErrorOfTheStartPageIsAProblemWithARequestId() {
        var response = Browser.get(launcher.page(), "/absent");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JsonMapper.shared()
                        .readTree(response.body())
                        .path("instance")
                        .asString())
                .isEqualTo("urn:uuid:"
                        + response.headers().firstValue("X-Request-Id").orElse(""));
    }

    @Test
    void theSwaggerUiOfTheStartPageSwitchesBetweenTheServices() {
        var settings = JsonMapper.shared()
                .readTree(Browser.get(launcher.page(), "/v3/api-docs/swagger-config")
                        .body());

        assertThat(settings.path("urls")
                        .valueStream()
                        .map(contract -> contract.path("url").asString()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(Service.values())
                        .map(service -> launcher.url(service) + "/v3/api-docs")
                        .toList());
    }

    /** The version of the library is in the pom and in these files. */
    @ParameterizedTest
    @ValueSource(strings = {"/", "/charts.js"})
    void theStartPageServesTheChartLibraryThatItsFilesName(String path) {
        var library = Pattern.compile("webjars/[^\"]+");
        var page = Browser.get(launcher.page(), path).body();

        assertThat(library.matcher(page).results())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(
                                Browser.get(launcher.page(), file.group()).statusCode())
                        .isEqualTo(200));
    }

    @Test
    void theStartPageKnowsWhatTheServicesMeasureAndWhatTheyCall() {
        var before = live();

        launcher.client(Service.FOOD).get("/food").expect(200);
        launcher.client(Service.FOOD).get("/health").expect(200);

        var now = live();
        assertThat(now.path("credentials").asString()).isEqualTo("none");
        assertThat(now.path("services").findValuesAsString("name").stream().distinct())
                .containsAll(Stream.of(Service.values()).map(Service::id).toList());
        var food = service(now, Service.FOOD);
        assertThat(food.at("/reads/count").asInt())
                .isEqualTo(service(before, Service.FOOD).at("/reads/count").asInt() + 1);
        assertThat(food.at("/reads/seconds").asDouble()).isPositive();
        assertThat(food.at("/upstream/name").asString()).isEqualTo("inventory");
        assertThat(food.at("/upstream/calls/count").asInt())
                .isEqualTo(service(before, Service.FOOD)
                                .at("/upstream/calls/count")
                                .asInt()
                        + 1);
        assertThat(food.at("/upstream/circuit").asString()).isEqualTo("closed");
        assertThat(service(now, Service.INVENTORY).path("upstream").isNull()).isTrue();
    }

    @Test
    void theStartPageStopsAServiceAndStartsItAgain() {
        var furniture = Service.FURNITURE;
        var items = launcher.client(furniture).get("/furniture").expect(200).json();

        assertThat(switched(furniture, "stop", "http://localhost:" + launcher.portBase()))
                .isEqualTo("stopped");
        assertThatThrownBy(() -> Browser.get(launcher.url(furniture), "/furniture"))
                .hasCauseInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> metrics(furniture)).hasCauseInstanceOf(ConnectException.class);
        assertThat(switched(furniture, "stop", "http://localhost:" + launcher.portBase()))
                .isEqualTo("stopped");

        switched(furniture, "start", "http://localhost:" + launcher.portBase());
        assertThat(launcher.client(furniture).get("/furniture").expect(200).json())
                .isEqualTo(items);
        assertThat(metrics(furniture)).contains("http_server_request_duration_seconds_count{");
        Awaitility.await()
                .until(() -> service(live(), furniture).path("state").asString().equals("healthy"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://attacker.example", "http://localhost:1", "null"})
    void noOtherPageStopsAService(String origin) {
        var response = Browser.post(launcher.page(), "/services/crm/stop", "Origin", origin);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(service(live(), Service.CRM).path("state").asString()).isNotEqualTo("stopped");
    }

    private static JsonNode live() {
        return JsonMapper.shared()
                .readTree(Browser.get(launcher.page(), "/live.json").body());
    }

    private static JsonNode service(JsonNode live, Service service) {
        return live.path("services").get(service.ordinal());
    }

    /** Stops or starts a service from the start page, and returns the service's state. */
    private static String switched(Service service, String action, String origin) {
        var page = URI.create(origin);
        var response = Browser.post(page, "/services/" + service.id() + "/" + action, "Origin", origin);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return service(JsonMapper.shared().readTree(response.body()), service)
                .path("state")
                .asString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "[::1]"})
    void theStartPageMayCallTheServicesFromAllOfItsOrigins(String host) {
        var origin = "http://" + host + ":" + launcher.portBase();
        for (var service : Service.values()) {
            var response = Browser.get(launcher.url(service), "/health", "Origin", origin);
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin"))
                    .contains(origin);
        }
        assertThat(Browser.get(launcher.url(Service.FOOD), "/health", "Origin", "http://" + host + ":1")
                        .headers()
                        .firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    @Tag(TestDatabase.OWN_SERVER) // has the data folder of the embedded database
    void theConsoleShowsAllAddressesAndTheDataFolder() {
        assertThat(launcher.output()).contains("http://localhost:" + launcher.portBase(), dataFolder.toString());
        for (var service : Service.values()) {
            assertThat(launcher.output())
                    .contains("http://localhost:" + service.port(launcher.portBase()) + "/swagger-ui.html");
        }
    }

    @ParameterizedTest
    @EnumSource
    void eachServiceHasMetricsOfItsOwn(Service service) {
        launcher.client(service).get("/health").expect(200);

        var metrics = metrics(service);

        assertThat(metrics).contains("http_server_request_duration_seconds_count{", "operation=\"getHealth\"");
        for (var other : Service.values()) {
            assertThat(metrics.contains("service=\"" + other.id() + "\"")).isEqualTo(other == service);
        }
    }

    /** The README's table and the services have the same metrics, except for those of libraries. */
    @Test
    void theReadmeListsAllMetrics() throws Exception {
        launcher.client(Service.INVENTORY).get("/inventory/unknown").expectProblem(404, "not-found");

        var served = new TreeSet<String>();
        for (var service : Service.values()) {
            metrics(service)
                    .lines()
                    .filter(line -> line.matches("# TYPE (http|boutique|db)_.*"))
                    .map(line -> line.split(" ")[2])
                    .filter(name -> !name.endsWith("_max") || name.equals("db_client_connection_max"))
                    .forEach(served::add);
        }
        var documented = Files.readString(Path.of("../../README.md"))
                .lines()
                .filter(line -> line.matches("\\| `(http|boutique|db)_.*"))
                .map(line -> line.split("`")[1])
                .toList();
        assertThat(documented).containsExactlyInAnyOrderElementsOf(served);
        assertThat(metrics(Service.FOOD)).contains("resilience4j_circuitbreaker_state{name=\"inventory\"");
        assertThat(metrics(Service.ACCOUNTING)).contains("resilience4j_circuitbreaker_state{name=\"crm\"");
    }

    private static String metrics(Service service) {
        return Browser.get(
                        URI.create("http://127.0.0.1:" + service.managementPort(launcher.portBase())),
                        "/actuator/prometheus")
                .body();
    }

    @Test
    void theConsoleShowsWhereTheMetricsAre() {
        assertThat(launcher.output())
                .contains("http://localhost:" + Service.ANALYTICS.managementPort(launcher.portBase())
                        + "/actuator/prometheus");
    }

    @Test
    void logLinesGoToTheDataFolderAndNotToTheConsole() throws Exception {
        launcher.client(Service.INVENTORY).get("/inventory").expect(200);

        assertThat(Files.readString(dataFolder.resolve("boutique.log"))).contains("GET /inventory 200");
        assertThat(launcher.output()).doesNotContain("INFO", "GET /inventory");
    }

    @Test
    @Tag(TestDatabase.OWN_SERVER) // has the data folder of the embedded database
    void aSecondLauncherWithTheSameDataFolderDoesNotStart() {
        try (var second = RunningLauncher.start(RunningLauncher.freePortBase(), dataFolder, Map.of())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors()).hasLineCount(1).contains("is in use by process");
        }
    }

    @Test
    void aSecondLauncherOnTheSamePortsDoesNotStart(@TempDir Path other) {
        try (var second = RunningLauncher.start(launcher.portBase(), other, Map.of())) {
            assertThat(second.exitCode()).isEqualTo(1);
            assertThat(second.errors()).hasLineCount(1).contains("Port " + launcher.portBase(), "BOUTIQUE_PORT_BASE");
            assertThat(other).isEmptyDirectory();
        }
    }
}
