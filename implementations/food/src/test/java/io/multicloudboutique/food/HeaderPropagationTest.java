package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.ScriptedUpstream;
import io.multicloudboutique.testing.TraceCollector;
import java.util.UUID;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies the headers of requests to an upstream service. */
class HeaderPropagationTest {

    @RegisterExtension
    @Order(1)
    static final ScriptedUpstream inventory = new ScriptedUpstream();

    @RegisterExtension
    @Order(2)
    static final RunningService food = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "inventory.service.url=" + inventory.url(),
            () -> "inventory.api.key=secret");

    @RegisterExtension
    @Order(3)
    static final TraceCollector collector = new TraceCollector();

    @RegisterExtension
    @Order(4)
    static final RunningService traced = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "inventory.service.url=" + inventory.url(),
            () -> "management.opentelemetry.tracing.export.otlp.endpoint=" + collector.endpoint());

    @Test
    void requestIdTraceContextAndApiKeyAreSentToTheInventory() {
        var id = UUID.randomUUID().toString();
        var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        await().until(() -> !inventory.calls().isEmpty()); // food sends one request at startup
        food.client()
                .get("/food")
                .header("X-Request-Id", id)
                .header("traceparent", trace)
                .header("tracestate", "shop=1")
                .expect(200);

        assertThat(inventory.lastHeaders().getFirst("X-Request-Id")).isEqualTo(id);
        assertThat(inventory.lastHeaders().getFirst("traceparent")).isEqualTo(trace);
        assertThat(inventory.lastHeaders().getFirst("tracestate")).isEqualTo("shop=1");
        assertThat(inventory.lastHeaders().getFirst("X-API-Key")).isEqualTo("secret");
    }

    @Test
    void aServiceThatRecordsTracesSendsItsOwnSpan() {
        var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-";

        await().until(() -> inventory.calls().size() >= 2); // both services send one request at startup
        traced.client()
                .get("/food")
                .header("traceparent", trace + "00f067aa0ba902b7-01")
                .header("tracestate", "shop=1")
                .expect(200);

        assertThat(inventory.lastHeaders().get("traceparent"))
                .singleElement()
                .satisfies(sent ->
                        assertThat(sent).startsWith(trace).endsWith("-01").doesNotContain("00f067aa0ba902b7"));
        assertThat(inventory.lastHeaders().get("tracestate")).containsExactly("shop=1");
    }
}
