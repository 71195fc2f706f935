package io.multicloudboutique.support.database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Opens connections to the first host that accepts them in time. Begins with the host of the latest connection, so
 * a silent host delays only the first connection after its failure. The driver's own support for several hosts
 * remembers nothing, so each new connection would wait for the silent host again. Thread-safe.
 */
final class Failover implements ConnectionFactory {

    private final List<? extends ConnectionFactory> hosts;
    private final boolean readWrite;
    private final Duration timeout;
    private volatile ConnectionFactory latest;

    /**
     * @param hosts the hosts in the order in which to try them, at least one
     * @param readWrite whether to skip hosts that accept no writes
     * @param timeout the maximum duration of an attempt to connect to one host
     */
    Failover(List<? extends ConnectionFactory> hosts, boolean readWrite, Duration timeout) {
        this.hosts = hosts;
        this.readWrite = readWrite;
        this.timeout = timeout;
        this.latest = hosts.get(0);
    }

    @Override
    public Mono<Connection> create() {
        return Mono.defer(() -> {
            var order = new ArrayList<ConnectionFactory>(hosts);
            var first = latest;
            order.remove(first);
            order.add(0, first);
            return firstOf(order.iterator(), new ArrayList<>());
        });
    }

    private Mono<Connection> firstOf(Iterator<ConnectionFactory> remaining, List<Throwable> failures) {
        if (!remaining.hasNext()) {
            return Mono.error(noneOf(failures));
        }
        var host = remaining.next();
        return connect(host).doOnNext(opened -> latest = host).onErrorResume(failure -> {
            failures.add(failure);
            return firstOf(remaining, failures);
        });
    }

    private Mono<Connection> connect(ConnectionFactory host) {
        return Mono.usingWhen(
                        Mono.<Connection>from(host.create()),
                        connection -> (readWrite ? acceptsWrites(connection) : Mono.empty()).thenReturn(connection),
                        connection -> Mono.empty(),
                        (connection, refused) -> connection.close(),
                        Connection::close)
                .timeout(timeout);
    }

    private static Mono<Void> acceptsWrites(Connection connection) {
        return Mono.from(
                        connection.createStatement("SHOW transaction_read_only").execute())
                .flatMap(result -> Mono.from(result.map(row -> row.get(0, String.class))))
                .flatMap(readOnly -> "off".equals(readOnly)
                        ? Mono.empty()
                        : Mono.error(new R2dbcNonTransientResourceException("The host accepts no writes", "25006")));
    }

    private static Throwable noneOf(List<Throwable> failures) {
        if (failures.size() == 1) {
            return failures.get(0);
        }
        var none = new R2dbcNonTransientResourceException("No host of the database can be used", "08001");
        failures.forEach(none::addSuppressed);
        return none;
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return hosts.get(0).getMetadata();
    }
}
