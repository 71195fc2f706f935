package io.multicloudboutique.food.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the food service makes of an inventory that answers, is slow, talks nonsense or is gone. */
class InventoryClientTest {

    interface Script {
        void answer(HttpExchange exchange) throws IOException;
    }

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private ExecutorService threads;
    private HttpServer inventory;
    private InventoryClient client;
    private volatile Script script = exchange -> respond(exchange, 200, "{\"data\":[]}");

    @BeforeEach
    void start() throws IOException {
        inventory = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        threads = Executors.newCachedThreadPool();
        inventory.setExecutor(threads);
        inventory.createContext("/", exchange -> {
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            script.answer(exchange);
            exchange.close();
        });
        inventory.start();
        client = clientOf("http://127.0.0.1:" + inventory.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        over.countDown();
        inventory.stop(0);
        threads.shutdownNow();
    }

    @Test
    void itReadsThreeFieldsAndNothingElse() {
        script = exchange -> respond(exchange, 200, """
                {"total": "many", "data": [{"productId": "OLJCESPC7Z", "name": null, "stockLevel": 45, "available": 42,
                 "surprise": {"a": [null]}}], "next": null}""");

        var answer = ask();

        assertThat(answer.failure()).isNull();
        assertThat(answer.products()).containsExactly(new InventoryProduct("OLJCESPC7Z", 45, 42));
        assertThat(calls).containsExactly("GET /inventory?limit=200");
    }

    @Test
    void anEmptyInventoryIsAnAnswer() {
        assertThat(ask().failure()).isNull();
        assertThat(ask().products()).isEmpty();
    }

    @Test
    void itMayLiveBehindAPathPrefix() {
        client = clientOf("http://127.0.0.1:" + inventory.getAddress().getPort() + "/shop/inventory-service/");
        ask();
        assertThat(calls).containsExactly("GET /shop/inventory-service/inventory?limit=200");
    }

    @Test
    void aSlowInventoryIsGivenASecond() {
        script = exchange -> awaitTheEnd();
        var begin = System.nanoTime();

        assertThat(ask().failure()).isEqualTo("The inventory did not answer within one second.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "{\"data\":null}",
                "{\"data\":[null]}",
                "{\"data\":[{\"productId\":\"A\",\"stockLevel\":1}]}",
                "{\"data\":[{\"productId\":null,\"stockLevel\":1,\"available\":1}]}",
                "{\"data\":[{\"productId\":\"no id!\",\"stockLevel\":1,\"available\":1}]}",
                "{\"data\":[{\"productId\":\"A\",\"stockLevel\":-1,\"available\":-1}]}",
                "{\"data\":[{\"productId\":\"A\",\"stockLevel\":1,\"available\":2}]}"
            })
    void nonsenseIsNotPassedOn(String body) {
        script = exchange -> respond(exchange, 200, body);

        var answer = ask();

        assertThat(answer.failure()).isEqualTo("The inventory answered something that cannot be read.");
        assertThat(answer.products()).isEmpty();
    }

    @Test
    void anErrorIsNotAskedForAgain() {
        script = exchange -> respond(exchange, 503, "{}");

        assertThat(ask().failure()).isEqualTo("The inventory answered with status 503.");
        assertThat(calls).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsTriedOnceMore() {
        script = exchange -> {
            if (calls.size() == 1) {
                exchange.close(); // without an answer
            } else {
                respond(exchange, 200, "{\"data\":[]}");
            }
        };

        assertThat(ask().failure()).isNull();
        assertThat(calls).hasSize(2);
    }

    @Test
    void anInventoryThatIsGoneCannotBeReached() {
        inventory.stop(0);
        assertThat(ask().failure()).isEqualTo("The inventory cannot be reached.");
    }

    @Test
    void afterRepeatedFailuresItIsLeftAlone() {
        script = exchange -> respond(exchange, 500, "{}");
        for (int i = 0; i < 10; i++) {
            ask();
        }

        assertThat(ask().failure()).isEqualTo("The inventory failed repeatedly and is not asked for some seconds.");
        assertThat(calls).hasSize(10);
    }

    private InventoryAnswer ask() {
        return client.products().block(Duration.ofSeconds(10));
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static InventoryClient clientOf(String url) {
        return new InventoryClient(
                new InventorySettings(new InventorySettings.Service(URI.create(url)), new InventorySettings.Api(null)));
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
