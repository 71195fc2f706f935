package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the inventory is told beside the question. */
class TravellingHeadersTest {

    private static final AtomicReference<Headers> asked = new AtomicReference<>();
    private static final HttpServer inventory = listeningInventory();

    @RegisterExtension
    static final RunningService food = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "inventory.service.url=http://127.0.0.1:"
                    + inventory.getAddress().getPort(),
            () -> "inventory.api.key=secret");

    @AfterAll
    static void stopInventory() {
        inventory.stop(0);
    }

    @Test
    void theRequestIdTheTraceAndTheKeyGoToTheInventory() {
        var id = UUID.randomUUID().toString();
        var trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

        food.client()
                .get("/food")
                .header("X-Request-Id", id)
                .header("traceparent", trace)
                .header("tracestate", "shop=1")
                .expect(200);

        assertThat(asked.get().getFirst("X-Request-Id")).isEqualTo(id);
        assertThat(asked.get().getFirst("traceparent")).isEqualTo(trace);
        assertThat(asked.get().getFirst("tracestate")).isEqualTo("shop=1");
        assertThat(asked.get().getFirst("X-API-Key")).isEqualTo("secret");
    }

    private static HttpServer listeningInventory() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                asked.set(exchange.getRequestHeaders());
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
