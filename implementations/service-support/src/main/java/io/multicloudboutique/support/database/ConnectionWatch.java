package io.multicloudboutique.support.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.PooledRefMetadata;

/**
 * Detects connections to a server that has fallen silent: it is paused, or the network drops its packets. Neither the
 * server's own timeouts nor TCP report this in time. A connection that has been in use for too long is closed, which
 * fails its statements. A connection that has been idle must answer a query before it is used again. After either
 * failure, the pools replace all connections that are as old. Thread-safe.
 */
final class ConnectionWatch implements AutoCloseable {

    /** The server ends each statement sooner, so a connection that is in use for longer belongs to a silent server. */
    static final Duration MAX_USE = Duration.ofSeconds(4);

    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(ConnectionWatch.class);

    private final Duration maxValidationTime;
    private final Map<Connection, Use> uses = new WeakHashMap<>(); // guarded by itself
    private final Disposable checks;
    private volatile long distrusted; // connections that were opened at this time or before, in ms since 1970

    private static final class Use {
        volatile boolean active;

        /** The start of the current use or, if there is none, the end of the last one. */
        volatile long since = System.nanoTime();

        boolean longerThan(Duration time) {
            return System.nanoTime() - since > time.toNanos();
        }
    }

    ConnectionWatch(Duration maxValidationTime) {
        this.maxValidationTime = maxValidationTime;
        checks = Flux.interval(INTERVAL).onBackpressureDrop().subscribe(tick -> closeOverdue());
    }

    /**
     * Fails if the connection has been idle and does not answer a query now.
     *
     * @param trusted how long an idle connection is used without this query, which costs a round trip
     */
    Mono<Void> beforeUse(Connection connection, Duration trusted) {
        return Mono.defer(() -> {
            var use = use(connection);
            var answers = use.longerThan(trusted) ? answers(connection, trusted) : Mono.<Void>empty();
            use.since = System.nanoTime();
            use.active = true;
            return answers;
        });
    }

    private Mono<Void> answers(Connection connection, Duration trusted) {
        return Mono.from(connection.validate(ValidationDepth.REMOTE))
                .timeout(maxValidationTime)
                .onErrorReturn(false)
                .flatMap(answered -> {
                    if (answered) {
                        return Mono.empty();
                    }
                    // A health probe also fails on a busy machine, where many new connections would cost too much.
                    if (!trusted.isZero()) {
                        distrustOpenConnections();
                    }
                    return Mono.error(new SilentConnection());
                });
    }

    /**
     * Returns whether the pool must replace the connection instead of lending it. The pool asks this before each use, and
     * also after each use, even if the borrower left before it got the connection.
     */
    boolean mustReplace(Connection connection, PooledRefMetadata metadata) {
        var use = use(connection);
        if (use.active) {
            use.active = false;
            use.since = System.nanoTime();
        }
        return metadata.allocationTimestamp() <= distrusted || !isOpen(connection);
    }

    private static boolean isOpen(Connection connection) {
        return Mono.from(connection.validate(ValidationDepth.LOCAL)).toFuture().getNow(false);
    }

    private Use use(Connection connection) {
        synchronized (uses) {
            return uses.computeIfAbsent(connection, unknown -> new Use());
        }
    }

    private void distrustOpenConnections() {
        distrusted = System.currentTimeMillis();
    }

    private void closeOverdue() {
        overdue().forEach(connection -> {
            log.warn(
                    "The database did not answer within {} s. Closed the connection, and will replace all others.",
                    MAX_USE.toSeconds());
            distrustOpenConnections();
            Mono.from(connection.close())
                    .subscribe(closed -> {}, error -> log.debug("The connection was not closed cleanly", error));
        });
    }

    private List<Connection> overdue() {
        synchronized (uses) {
            return uses.entrySet().stream()
                    .filter(entry -> entry.getValue().active && entry.getValue().longerThan(MAX_USE))
                    .map(Map.Entry::getKey)
                    .filter(ConnectionWatch::isOpen)
                    .toList();
        }
    }

    @Override
    public void close() {
        checks.dispose();
    }

    /** Thrown if an idle connection no longer answers. Another connection may still do so. */
    static final class SilentConnection extends R2dbcNonTransientResourceException {

        SilentConnection() {
            super("An idle connection to the database does not answer");
        }
    }
}
