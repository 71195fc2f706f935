package io.multicloudboutique.support.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.support.security.OpenPages;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Requests to a server that admits two reads and two writes, and lets two more of each wait. It answers them when the test
 * says so.
 */
@Timeout(
        value = 30,
        threadMode = ThreadMode.SEPARATE_THREAD) // a request that is neither admitted nor rejected would wait forever
class LoadSheddingTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Semaphore arrived = new Semaphore(0);
    private final Map<String, Sinks.Empty<Void>> ends = new ConcurrentHashMap<>();
    private SimpleMeterRegistry meters;
    private DisposableServer server;

    @BeforeEach
    void start() {
        start(Duration.ofMinutes(1));
    }

    private void start(Duration maxWait) {
        meters = new SimpleMeterRegistry();
        var handler = WebHttpHandlerBuilder.webHandler(exchange -> {
                    arrived.release();
                    var path = exchange.getRequest().getPath().value();
                    return path.equals("/livez") ? Mono.empty() : end(path).asMono();
                })
                .filter(new LoadShedding(
                        (exchange, problem) -> {
                            exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
                            return Mono.empty();
                        },
                        2,
                        2,
                        maxWait,
                        new OpenPages("/v3/api-docs", "/swagger-ui.html"),
                        meters))
                .build();
        server = HttpServer.create()
                .host("127.0.0.1")
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void requestsBeyondTheBoundWaitUntilOthersHaveEnded() throws Exception {
        var first = start("POST", "/1");
        start("PUT", "/2");
        arrived.acquire(2);
        var third = start("DELETE", "/3");
        awaitWaiting("write", 1);
        var fourth = start("POST", "/4");
        awaitWaiting("write", 2);
        assertThat(send("POST", "/5")).as("beyond those that may wait").isEqualTo(503);
        start("GET", "/reads-are-separate");
        arrived.acquire();

        end("/1").tryEmitEmpty();
        assertThat(first.join().statusCode()).isEqualTo(200);
        arrived.acquire();
        end("/3").tryEmitEmpty();
        assertThat(third.join().statusCode()).isEqualTo(200);
        arrived.acquire();
        end("/2").tryEmitEmpty();
        end("/4").tryEmitEmpty();
        assertThat(fourth.join().statusCode()).isEqualTo(200);
        await().untilAsserted(() ->
                assertThat(gauge("http.server.active_requests", "write")).isZero());
    }

    @Test
    void requestThatWaitsForTooLongIsRejected() throws Exception {
        stop();
        start(Duration.ofMillis(100));
        start("GET", "/1");
        start("HEAD", "/2");
        arrived.acquire(2);

        assertThat(send("GET", "/3")).isEqualTo(503);
        assertThat(gauge("boutique.requests.waiting", "read")).isZero();
        assertThat(gauge("http.server.active_requests", "read")).isEqualTo(2);
    }

    @Test
    void clientThatLeavesWhileItsRequestWaitsTakesNoPlace() throws Exception {
        start("POST", "/1");
        start("POST", "/2");
        arrived.acquire(2);
        try (var leaving = new Socket("127.0.0.1", server.port())) {
            leaving.getOutputStream()
                    .write("POST /3 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            awaitWaiting("write", 1);
        }
        awaitWaiting("write", 0);

        end("/1").tryEmitEmpty();
        end("/2").tryEmitEmpty();
        await().untilAsserted(() ->
                assertThat(gauge("http.server.active_requests", "write")).isZero());
    }

    @Test
    void healthIsServedBeyondTheBound() throws Exception {
        start("GET", "/1");
        start("HEAD", "/2");
        arrived.acquire(2);

        assertThat(send("GET", "/livez")).isEqualTo(200);
    }

    private Sinks.Empty<Void> end(String path) {
        return ends.computeIfAbsent(path, unknown -> Sinks.empty());
    }

    private double gauge(String name, String kind) {
        return meters.get(name).tag("kind", kind).gauge().value();
    }

    private void awaitWaiting(String kind, int requests) {
        await().pollInterval(Duration.ofMillis(5))
                .untilAsserted(() ->
                        assertThat(gauge("boutique.requests.waiting", kind)).isEqualTo(requests));
    }

    private CompletableFuture<HttpResponse<Void>> start(String method, String path) {
        return client.sendAsync(request(method, path), BodyHandlers.discarding());
    }

    private int send(String method, String path) throws IOException, InterruptedException {
        return client.send(request(method, path), BodyHandlers.discarding()).statusCode();
    }

    private HttpRequest request(String method, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.noBody())
                .build();
    }
}
