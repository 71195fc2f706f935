package io.multicloudboutique.client.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.BoutiqueService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network between a client and the services that loses the requests or responses of selected calls. Calls are
 * numbered from 0 since the last {@link #reset}. All attempts of a call have the same number.
 */
final class FaultyNetwork implements AutoCloseable {

    /** The part of a call that is lost. */
    enum Lost {
        NOTHING,
        /** Each request is lost before it reaches the service. */
        REQUEST,
        /** Each response is lost after the service has processed the request. */
        ANSWER
    }

    /** Decides which part of the call with this number is lost. */
    interface Plan {
        Lost of(int call);
    }

    private static final Set<String> NOT_FORWARDED =
            Set.of("connection", "content-length", "host", "upgrade", "http2-settings");

    private final HttpClient http = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<BoutiqueService, HttpServer> servers = new EnumMap<>(BoutiqueService.class);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Plan plan = call -> Lost.NOTHING;

    FaultyNetwork(Platform platform) {
        for (var service : BoutiqueService.values()) {
            try {
                var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                server.createContext("/", exchange -> forward(exchange, platform.url(service)));
                server.setExecutor(threads);
                server.start();
                servers.put(service, server);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** A client that uses this network and does not wait between attempts. The test need not close the client. */
    BoutiqueClient client() {
        var builder = BoutiqueClient.builder().httpClient(http).sleeper(pause -> {});
        servers.forEach((service, server) -> builder.baseUrl(
                service, "http://127.0.0.1:" + server.getAddress().getPort()));
        return builder.build();
    }

    /** Restarts the numbering of calls, and applies this plan to the calls that follow. */
    void reset(Plan plan) {
        calls.clear();
        this.plan = plan;
    }

    /** The number of calls since the last reset. */
    int calls() {
        return calls.size();
    }

    private void forward(HttpExchange exchange, String url) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var lost = plan.of(number(exchange.getRequestHeaders().getFirst("X-Request-Id")));
            if (lost == Lost.REQUEST) {
                return;
            }
            var request = HttpRequest.newBuilder(URI.create(url + exchange.getRequestURI()))
                    .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            if (lost == Lost.ANSWER) {
                return;
            }
            response.headers().map().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int number(String requestId) {
        var number = calls.indexOf(requestId);
        if (number >= 0) {
            return number;
        }
        calls.add(requestId);
        return calls.size() - 1;
    }

    @Override
    public void close() {
        servers.values().forEach(server -> server.stop(0));
        threads.shutdownNow();
    }
}
