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
 * Sends one attempt with the JDK's HTTP client and reads the complete response within the timeout. Feign's own adapter
 * for this client stops the timeout when the headers arrive. Thread-safe.
 */
public final class JdkExchange implements AutoCloseable {

    private final HttpClient http;
    private final boolean ours;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param ours whether closing this object closes the client, if the JDK supports it */
    public JdkExchange(HttpClient http, boolean ours) {
        this.http = http;
        this.ours = ours;
    }

    /** @param more additional headers for this attempt only */
    HttpResponse<byte[]> send(Request request, Map<String, String> more, Duration timeout)
            throws IOException, InterruptedException {
        if (closed.get()) {
            throw new IllegalStateException("This BoutiqueClient is closed.");
        }
        var answer = http.sendAsync(toJdk(request, more, timeout), info -> new LimitedBody());
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("the response was not complete in time");
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        } finally {
            // Releases the connection of an incomplete response. Has no effect on a complete response.
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
            // Without TLS, HTTP/2 needs an upgrade, and some proxies respond to an upgrade with an error.
            jdk.version(HttpClient.Version.HTTP_1_1);
        }
        request.headers().forEach((name, values) -> {
            // The JDK's client sets this header from the body and rejects it in a request.
            if (!name.equalsIgnoreCase("Content-Length")) {
                values.forEach(value -> jdk.header(name, value));
            }
        });
        more.forEach(jdk::setHeader);
        return jdk.build();
    }

    @Override
    public void close() {
        // HttpClient is AutoCloseable since JDK 21. On older JDKs, its threads end when nothing refers to it any more.
        if (closed.compareAndSet(false, true) && ours && (Object) http instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
