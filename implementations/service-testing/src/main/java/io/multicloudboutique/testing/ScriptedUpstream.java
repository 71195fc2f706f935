package io.multicloudboutique.testing;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.support.upstream.UpstreamListClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An upstream service on a free port that responds as the test specifies. It runs for the duration of a test, or of a
 * test class if it is registered as a static extension. Thread-safe.
 */
public final class ScriptedUpstream
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** Responds to a request, or closes the exchange without a response. */
    public interface Script {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static final AtomicBoolean CLASSES_ARE_LOADED = new AtomicBoolean();

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Script script = exchange -> respond(exchange, 404, "");
    private volatile @Nullable Headers lastHeaders;
    private @Nullable HttpServer server;
    private boolean ofClass;

    @Override
    public void beforeAll(ExtensionContext context) {
        ofClass = true;
        start();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (!ofClass) {
            start();
        }
    }

    private void start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            lastHeaders = exchange.getRequestHeaders();
            calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            script.answer(exchange);
            exchange.close();
        });
        server.start();
        if (CLASSES_ARE_LOADED.compareAndSet(false, true)) {
            loadClasses();
        }
    }

    /**
     * Calls the server until it responds in time: loading the client's classes can take as long as the timeout of one
     * second.
     */
    private void loadClasses() {
        answer(200, "[]");
        var client = new UpstreamListClient<>(
                "scripted upstream", url(), null, "/", Object[].class, List::of, new SimpleMeterRegistry());
        await().pollInSameThread().until(() -> client.list().block().failure() == null);
        calls.clear();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (!ofClass) {
            end();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        end();
    }

    private void end() {
        over.countDown();
        stop();
        threads.shutdownNow();
    }

    /** Responds to all further requests with this status and JSON. */
    public void answer(int status, String json) {
        answer(exchange -> respond(exchange, status, json));
    }

    /** Runs this script for all further requests. */
    public void answer(Script newScript) {
        script = newScript;
    }

    /** Leaves all further requests without a response until the end of the test or test class. */
    public void keepSilent() {
        script = exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** Stops the server, so that it cannot be reached. */
    public void stop() {
        Objects.requireNonNull(server).stop(0);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(server).getAddress().getPort());
    }

    /** Returns the received requests, each as its method and its path with query, in the order of arrival. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** Returns the headers of the last request. */
    public Headers lastHeaders() {
        return Objects.requireNonNull(lastHeaders, "No request has arrived yet");
    }

    /** Responds to a request with this status and JSON. */
    public static void respond(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
