package io.multicloudboutique.client.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Creates requests for the JDK's client that are equal to a request of the SDK: the same method, path, headers, body and
 * timeout, with new random identifiers in each request. Immutable.
 */
final class Exchange {

    /** The headers that the JDK's client sets, and rejects in a request. */
    private static final Set<String> SET_BY_THE_CLIENT =
            Set.of("connection", "content-length", "host", "http2-settings", "upgrade");

    private static final Pattern RANDOM = Pattern.compile("[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final CannedServer.Request recorded;
    private final URI uri;
    private final Map<String, String> headers = new TreeMap<>();

    private Exchange(CannedServer.Request recorded, URI uri) {
        this.recorded = recorded;
        this.uri = uri;
        recorded.headers().forEach((name, value) -> {
            if (!SET_BY_THE_CLIENT.contains(name.toLowerCase())) {
                headers.put(name, value);
            }
        });
    }

    /** Returns the exchange that sends requests like this one to another server. */
    static Exchange like(CannedServer.Request recorded, String server) {
        return new Exchange(recorded, URI.create(server + recorded.path()));
    }

    HttpRequest request() {
        var request =
                HttpRequest.newBuilder(uri).version(HttpClient.Version.HTTP_1_1).timeout(TIMEOUT);
        headers.forEach((name, value) -> request.header(
                name, RANDOM.matcher(value).matches() ? UUID.randomUUID().toString() : value));
        return recorded.method().equals("GET")
                ? request.GET().build()
                : request.method(recorded.method(), HttpRequest.BodyPublishers.ofByteArray(recorded.body()))
                        .build();
    }
}
