package io.multicloudboutique.support.http;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.http.server.HttpServer;

/**
 * Limits what a client can occupy: the connections of a server, the size of the request line and of the headers, and the
 * time that a connection waits for its client. The
 * headers of a request must arrive within 10 seconds after their first byte, and its body within 30 seconds after its
 * headers. Otherwise, the server closes the connection without a response. A connection without a request stays open
 * for 620 seconds. A connection beyond the limit is closed as soon as it is accepted. Thread-safe.
 */
public final class ServerLimits implements NettyServerCustomizer {

    private static final Logger log = LoggerFactory.getLogger(ServerLimits.class);

    /** An idle connection needs about 3 KB of heap, so this many fit into the heap of the smallest VM, 192 MB. */
    private static final int MAX_CONNECTIONS = 4_000;

    private static final long MIN_NANOS_BETWEEN_WARNINGS = TimeUnit.MINUTES.toNanos(1);

    private final Duration headers;
    private final Duration body;
    private final Duration idle;
    private final int maxConnections;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong lastWarning = new AtomicLong(System.nanoTime() - MIN_NANOS_BETWEEN_WARNINGS);

    public ServerLimits() {
        // Google's load balancers keep a connection for 600 seconds, longer than all others of both clouds. If the
        // server closed it first, it could do so just when the load balancer sends a request.
        this(Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(620), MAX_CONNECTIONS);
    }

    ServerLimits(Duration headers, Duration body, Duration idle, int maxConnections) {
        this.headers = headers;
        this.body = body;
        this.idle = idle;
        this.maxConnections = maxConnections;
    }

    @Override
    public HttpServer apply(HttpServer server) {
        return server.maxConnections(maxConnections)
                .httpRequestDecoder(decoder -> decoder.maxInitialLineLength(RequestScreening.MAX_REQUEST_LINE)
                        .maxHeaderSize(RequestScreening.MAX_HEADERS))
                .doOnChannelInit((observer, channel, client) -> {
                    count(channel);
                    new ClientDeadlines(headers, body, idle).addTo(channel.pipeline());
                    new RequestScreening().addTo(channel.pipeline());
                });
    }

    /** Warns at most once a minute, because a server that is full refuses many connections in a second. */
    private void count(Channel channel) {
        channel.closeFuture().addListener(closed -> connections.decrementAndGet());
        if (connections.incrementAndGet() >= maxConnections) {
            var now = System.nanoTime();
            var last = lastWarning.get();
            if (now - last >= MIN_NANOS_BETWEEN_WARNINGS && lastWarning.compareAndSet(last, now)) {
                log.warn("{} connections are open. Further connections are closed at once.", maxConnections);
            }
        }
    }
}
