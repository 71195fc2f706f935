package io.multicloudboutique.testing;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
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
 * A neighbour on a free port that answers as a test says, for the time of a test, or of a test class if it is a
 * static extension. Thread-safe.
 */
public final class ScriptedUpstream
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

    /** Answers one request, or closes the exchange without an answer. */
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

    /** The first question of a JVM can take its second for that alone. */
    private void loadClasses() {
        answer(200, "[]");
        var neighbour = new UpstreamListClient("scripted neighbour", url(), null);
        await().pollInSameThread()
                .until(() ->
                        neighbour.list("/", Object[].class, List::of).block().failure() == null);
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

    /** Answers from here on with this status and JSON. */
    public void answer(int status, String json) {
        answer(exchange -> respond(exchange, status, json));
    }

    /** Answers from here on in this way. */
    public void answer(Script how) {
        script = how;
    }

    /** Answers nothing from here on, until the test is over. */
    public void keepSilent() {
        script = exchange -> {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    /** As if it had gone. */
    public void stop() {
        Objects.requireNonNull(server).stop(0);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(server).getAddress().getPort());
    }

    /** What it was asked, as method and path with query. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The headers of the last request. */
    public Headers lastHeaders() {
        return Objects.requireNonNull(lastHeaders, "Nobody has asked");
    }

    /** Answers an exchange with this status and JSON. */
    public static void respond(HttpExchange exchange, int status, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
