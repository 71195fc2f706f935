package io.multicloudboutique.client.internal.http;

import feign.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends attempts with the JDK's HTTP client, and limits the requests that run at the same time. The services that share
 * a host and port share a limit. Thread-safe.
 */
public final class JdkExchange implements AutoCloseable {

    private final HttpClient http;
    private final boolean ours;
    private final int maxConcurrentRequests;
    private final Executor executor;
    private final Executor responseExecutor;
    private final Map<String, Limiter> limiters = new ConcurrentHashMap<>();
    private final BodyDeadlines deadlines = new BodyDeadlines();
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param ours whether closing this object closes the client, if the JDK supports it */
    public JdkExchange(HttpClient http, boolean ours, int maxConcurrentRequests) {
        this.http = http;
        this.ours = ours;
        this.maxConcurrentRequests = maxConcurrentRequests;
        // The JDK's default for asynchronous work.
        executor = http.executor().orElseGet(() -> new CompletableFuture<Void>().defaultExecutor());
        responseExecutor = http.executor().orElse(Runnable::run);
    }

    /** Runs the steps of asynchronous calls. */
    Executor executor() {
        return executor;
    }

    /**
     * Runs the step after a response. The JDK's client completes its futures on the default executor, whichever executor
     * it has, so only an executor of the application needs another thread.
     */
    Executor responseExecutor() {
        return responseExecutor;
    }

    /** The limit for the host and port of this request. */
    Limiter limiter(Request request) {
        var url = request.url();
        var path = url.indexOf('/', url.indexOf("://") + 3);
        return limiters.computeIfAbsent(
                path < 0 ? url : url.substring(0, path), origin -> new Limiter(maxConcurrentRequests));
    }

    /** @param more additional headers for this attempt only */
    HttpAttempt attempt(Request request, Map<String, String> more, Duration timeout) {
        return new HttpAttempt(request, more, timeout);
    }

    /** One attempt. The timeout ends it if its complete response has not arrived. */
    final class HttpAttempt {

        private final @Nullable Body body;
        private final Request request;
        private final Map<String, String> more;
        private final Duration timeout;
        private final long deadline;

        private HttpAttempt(Request request, Map<String, String> more, Duration timeout) {
            body = request.body() == null ? null : new Body(BodyPublishers.ofByteArray(request.body()));
            this.request = request;
            this.more = more;
            this.timeout = timeout;
            deadline = System.nanoTime() + timeout.toNanos();
        }

        /** Sends the request, and waits for the complete response. */
        HttpResponse<byte[]> send() throws IOException, InterruptedException {
            checkOpen();
            return http.send(toJdk(request, more, timeout, body), this::limited);
        }

        /** Sends the request. Cancelling the future ends the exchange. */
        CompletableFuture<HttpResponse<byte[]>> sendAsync() {
            checkOpen();
            try {
                return http.sendAsync(toJdk(request, more, timeout, body), this::limited);
            } catch (UnknownHostException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private LimitedBody limited(HttpResponse.ResponseInfo info) {
            return new LimitedBody(info.statusCode(), deadline, deadlines);
        }

        AttemptFailure failure(IOException failure) {
            return AttemptFailure.of(failure, body == null || body.requested, peer());
        }

        /** The host and port to which the client connects. */
        private String peer() {
            var uri = URI.create(request.url());
            var direct = uri.getRawAuthority();
            return http
                    .proxy()
                    .or(() -> Optional.ofNullable(ProxySelector.getDefault()))
                    .map(selector -> selector.select(uri))
                    .stream()
                    .flatMap(List::stream)
                    .findFirst()
                    .filter(proxy -> proxy.type() != Proxy.Type.DIRECT)
                    .map(Proxy::address)
                    .filter(InetSocketAddress.class::isInstance)
                    .map(InetSocketAddress.class::cast)
                    .map(address -> "the proxy " + address.getHostString() + ":" + address.getPort())
                    .orElse(direct);
        }
    }

    private static HttpRequest toJdk(
            Request request, Map<String, String> more, Duration timeout, @Nullable BodyPublisher body)
            throws UnknownHostException {
        var url = URI.create(request.url());
        var uri = HostNames.reachable(url);
        var jdk = HttpRequest.newBuilder(uri).timeout(timeout);
        if (body != null) {
            jdk.method(request.httpMethod().name(), body);
        } else {
            // With method(…, noBody()), the JDK's client sends Content-Length: 0 for GET and DELETE, too.
            switch (request.httpMethod()) {
                case GET -> jdk.GET();
                case DELETE -> jdk.DELETE();
                default -> jdk.method(request.httpMethod().name(), BodyPublishers.noBody());
            }
        }
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
        if (uri != url) {
            setHost(jdk, url.getRawAuthority());
        }
        return jdk.build();
    }

    /** The JDK permits this only with {@code -Djdk.httpclient.allowRestrictedHeaders=host}. */
    private static void setHost(HttpRequest.Builder request, String host) {
        try {
            request.setHeader("Host", host);
        } catch (IllegalArgumentException e) {
            // The request has the address of the host in its header, which is enough for a service.
        }
    }

    /**
     * Notices when the JDK's client asks for the body. Until then, it has not sent the request completely, so the
     * service cannot have carried it out.
     */
    private static final class Body implements BodyPublisher {

        private final BodyPublisher content;
        private volatile boolean requested;

        Body(BodyPublisher content) {
            this.content = content;
        }

        @Override
        public long contentLength() {
            return content.contentLength();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> subscriber) {
            requested = true;
            content.subscribe(subscriber);
        }
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("This BoutiqueClient is closed.");
        }
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
