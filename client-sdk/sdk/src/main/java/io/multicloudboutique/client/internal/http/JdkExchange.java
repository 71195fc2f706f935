package io.multicloudboutique.client.internal.http;

import feign.Request;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends one attempt with the JDK's HTTP client and reads the whole answer within its time, which Feign's own client for it
 * does not: there the time ends with the headers. Thread-safe.
 */
public final class JdkExchange implements AutoCloseable {

    private final HttpClient http;
    private final boolean ours;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param ours whether to close the client, if this JDK can */
    public JdkExchange(HttpClient http, boolean ours) {
        this.http = http;
        this.ours = ours;
    }

    /** @param more headers of this attempt alone */
    HttpResponse<byte[]> send(Request request, Map<String, String> more, Duration timeout)
            throws IOException, InterruptedException {
        if (closed.get()) {
            throw new IllegalStateException("This BoutiqueClient is closed.");
        }
        var answer = http.sendAsync(toJdk(request, more, timeout), info -> new LimitedBody());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("the answer was not complete in time");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            // Frees the connection of an answer that nobody waits for any more; does nothing to one that is complete.
            abandon(answer);
        }
    }

    private static void abandon(CompletableFuture<?> answer) {
        answer.cancel(true);
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof IOException failure) {
            return failure;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return new IOException(cause);
    }

    private static HttpRequest toJdk(Request request, Map<String, String> more, Duration timeout) {
        var uri = URI.create(request.url());
        var jdk = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .method(
                        request.httpMethod().name(),
                        request.body() == null
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        if ("http".equals(uri.getScheme())) {
            // Without TLS there is no HTTP/2 but by an upgrade, which some proxies answer with an error.
            jdk.version(HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach((name, values) -> {
            // The JDK's client sets it from the body, and refuses it from anyone else.
            if (!name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> jdk.header(name, value));
            }
        });
        more.forEach(jdk::setHeader);
        return jdk.build();
    }

    @Override
    public void close() {
        // Since JDK 21; before, its threads end when nothing refers to the client any more.
        if (closed.compareAndSet(false, true) && ours && (Object) http instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
