package io.multicloudboutique.support.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.support.security.OpenPages;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Requests to a server that admits two reads and two writes, and answers them when the test says so. */
class LoadSheddingTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Semaphore arrived = new Semaphore(0);
    private final Sinks.Empty<Void> end = Sinks.empty();
    private DisposableServer server;

    @BeforeEach
    void start() {
        var handler = WebHttpHandlerBuilder.webHandler(exchange -> {
                    arrived.release();
                    return exchange.getRequest().getPath().value().equals("/livez") ? Mono.empty() : end.asMono();
                })
                .filter(new LoadShedding(
                        (exchange, problem) -> {
                            exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
                            return Mono.empty();
                        },
                        2,
                        new OpenPages("/v3/api-docs", "/swagger-ui.html"),
                        new SimpleMeterRegistry()))
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
    void writesBeyondTheBoundAreRejectedAtOnceWhileReadsAreServed() throws Exception {
        var writes = new CompletableFuture<?>[] {start("POST", "/inventory"), start("PUT", "/inventory")};
        arrived.acquire(2);

        assertThat(send("DELETE", "/inventory")).isEqualTo(503);
        var read = start("GET", "/inventory");
        arrived.acquire();
        assertThat(writes).noneMatch(CompletableFuture::isDone);

        end.tryEmitEmpty();
        assertThat(read.join().statusCode()).isEqualTo(200);
        CompletableFuture.allOf(writes).join();
        assertThat(send("DELETE", "/inventory"))
                .as("after the others have ended")
                .isEqualTo(200);
    }

    @Test
    void healthIsServedBeyondTheBound() throws Exception {
        start("GET", "/inventory");
        start("HEAD", "/inventory");
        arrived.acquire(2);

        assertThat(send("GET", "/inventory")).isEqualTo(503);
        assertThat(send("GET", "/livez")).isEqualTo(200);
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
