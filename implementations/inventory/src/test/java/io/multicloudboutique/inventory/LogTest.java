package io.multicloudboutique.inventory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.ServiceProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service in the cloud: it writes JSON lines, and pushes its metrics. */
class LogTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(InventoryApplication.class, "inventory");

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Queue<String> pushed = new ConcurrentLinkedQueue<>();

    private static HttpServer receiver;
    private static ServiceProcess inCloud;

    @BeforeAll
    static void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/v1/metrics", exchange -> {
            pushed.add(new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        inCloud = ServiceProcess.start(
                InventoryApplication.class,
                "inventory",
                service.database(),
                "logging.config=classpath:json-logback.xml",
                "logging.structured.format.console=ecs",
                "management.otlp.metrics.export.url=http://127.0.0.1:"
                        + receiver.getAddress().getPort() + "/v1/metrics",
                "management.otlp.metrics.export.step=1s",
                "boutique.security.mode=api-key",
                // the SHA-256 of "key"
                "boutique.security.api-keys=checkout=2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683");
    }

    @AfterAll
    static void stop() {
        inCloud.close();
        receiver.stop(0);
    }

    @Test
    void theAccessLineHasTheContextOfTheRequest() {
        var id = UUID.randomUUID().toString();
        inCloud.client()
                .get("/inventory/OLJCESPC7Z")
                .header("X-API-Key", "key")
                .header("X-Request-Id", id)
                .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                .expect(200);

        var line = lineOf(id);

        assertThat(line.at("/http/request/id").asString()).isEqualTo(id);
        assertThat(line.at("/trace/id").asString()).isEqualTo(TRACE);
        assertThat(line.path("operation").asString()).isEqualTo("getProduct");
        assertThat(line.path("caller").asString()).isEqualTo("key:checkout");
        assertThat(line.path("severity").asString()).isEqualTo("INFO");
        assertThat(line.path("message").asString()).contains(id, "GET /inventory/OLJCESPC7Z 200", "key:checkout");
    }

    @Test
    void aRequestWithoutCredentialsHasNoCaller() {
        var id = UUID.randomUUID().toString();
        inCloud.client().get("/inventory").header("X-Request-Id", id).expectProblem(401, "unauthenticated");

        assertThat(lineOf(id).path("caller").asString()).isEqualTo("-");
        assertThat(lineOf(id).at("/trace/id").asString()).isEqualTo("-");
    }

    @Test
    void everyLineIsAJsonObject() {
        assertThat(inCloud.output())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(json(line).isObject()).isTrue());
    }

    private static JsonNode lineOf(String requestId) {
        var lines = await().until(
                        () -> inCloud.output().stream()
                                .filter(line -> line.contains(requestId))
                                .toList(),
                        (List<String> found) -> !found.isEmpty());
        assertThat(lines).hasSize(1);
        return json(lines.get(0));
    }

    private static JsonNode json(String line) {
        return JsonMapper.shared().readTree(line);
    }

    @Test
    void metricsArePushedToAnOtlpEndpointThatIsSet() {
        inCloud.client().get("/inventory").header("X-API-Key", "key").expect(200);

        await().until(() -> pushed.stream()
                .anyMatch(metrics -> metrics.contains("http.server.request.duration")
                        && metrics.contains("listProducts")
                        && metrics.contains("service.name")));
    }
}
