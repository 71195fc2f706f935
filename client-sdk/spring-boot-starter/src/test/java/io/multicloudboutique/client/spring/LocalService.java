package io.multicloudboutique.client.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An inventory with one product on a free port. It returns the given statuses first, and then the product. */
final class LocalService implements AutoCloseable {

    /** Delays a response until a condition is met. */
    interface Gate {
        void pass() throws InterruptedException;
    }

    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"}""";

    private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<Integer> statuses;
    private final Gate gate;
    private final HttpServer server;

    LocalService(Integer... statuses) {
        this(() -> {}, statuses);
    }

    LocalService(Gate gate, Integer... statuses) {
        this.gate = gate;
        this.statuses = new ConcurrentLinkedQueue<>(List.of(statuses));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        requests.add(exchange);
        try (exchange) {
            gate.pass();
            var status = statuses.poll();
            var body = status == null ? PRODUCT.getBytes(StandardCharsets.UTF_8) : new byte[0];
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status == null ? 200 : status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            // The test has ended.
        }
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** The requests that have arrived so far. */
    List<HttpExchange> requests() {
        return requests;
    }

    /** The value of this header in each request, in order of arrival; null for a request without the header. */
    List<String> headers(String name) {
        return requests.stream()
                .map(request -> request.getRequestHeaders().getFirst(name))
                .toList();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
