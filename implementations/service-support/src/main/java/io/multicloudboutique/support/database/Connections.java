package io.multicloudboutique.support.database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.observation.ObservationRegistry;
import io.multicloudboutique.support.database.ConnectionWatch.SilentConnection;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.pool.PoolMetrics;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.r2dbc.connection.lookup.AbstractRoutingConnectionFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;
import reactor.util.retry.Retry;

/** Opens each connection in the {@link Pool} that the current work uses, and measures the pools. Thread-safe. */
final class Connections extends AbstractRoutingConnectionFactory implements AutoCloseable, MeterBinder {

    /** How long a statement may take. It ends before the client gives up, so the server does no work in vain. */
    private static final Duration STATEMENT_TIMEOUT = Duration.ofMillis(3500);

    /** How long an idle connection is used without a query that checks it. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    private static final Retry ON_SILENT_CONNECTION = Retry.max(1)
            .filter(SilentConnection.class::isInstance)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    /** How long opening a connection to one host may take. */
    private static final Duration CONNECT_WAIT = Duration.ofSeconds(2);

    private static final String STATE = "db.client.connection.state";

    private final LoopResources loops;
    private final ConnectionWatch watch;
    private final Map<Pool, ConnectionPool> pools;

    /**
     * @param schema the name of the service's schema, by which the database's operator also recognizes the connections
     * @param requests the settings of the pool for requests; all other pools have a fixed size
     * @param observations records a span for each statement
     */
    Connections(DatabaseUrl url, String schema, R2dbcProperties.Pool requests, ObservationRegistry observations) {
        // Without "false", the connections that the first loop opens would all stay on that loop.
        loops = LoopResources.create("database", 1, Runtime.getRuntime().availableProcessors(), true, false);
        watch = new ConnectionWatch(requests.getMaxValidationTime());
        var patient = factory(url, schema, Pool.REQUESTS);
        var initial = Math.min(requests.getInitialSize(), requests.getMaxSize());
        pools = Map.of(
                Pool.REQUESTS,
                pool(patient, requests, initial, requests.getMaxSize(), TRUSTED),
                Pool.BATCHES,
                pool(factory(url, schema, Pool.BATCHES), requests, 1, 2, TRUSTED),
                // A probe must not get a connection on which an earlier probe still waits for a silent server.
                Pool.HEALTH,
                pool(patient, requests, 1, 1, Duration.ZERO));
        var traced = new EnumMap<Pool, ConnectionFactory>(Pool.class);
        pools.forEach((pool, connections) -> traced.put(pool, StatementSpans.around(connections, observations)));
        setTargetConnectionFactories(traced);
        setDefaultTargetConnectionFactory(traced.get(Pool.REQUESTS));
        initialize();
    }

    private ConnectionPool pool(
            ConnectionFactory factory, R2dbcProperties.Pool settings, int initialSize, int maxSize, Duration trusted) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(factory)
                .initialSize(initialSize)
                .maxSize(maxSize)
                .maxAcquireTime(settings.getMaxAcquireTime())
                .acquireRetry(0) // a retry would double the time; create() retries what another connection can cure
                .postAllocate(connection -> watch.beforeUse(connection, trusted))
                // This replaces the pool's own eviction, which knows only the idle time.
                .backgroundEvictionInterval(settings.getMaxIdleTime())
                .customizer(pool -> pool.evictionPredicate((connection, metadata) ->
                        metadata.idleTime() > settings.getMaxIdleTime().toMillis()
                                || watch.mustReplace(connection, metadata)))
                .build());
    }

    /** Acquires a connection. If it has fallen silent while it was idle, acquires another one. */
    @Override
    public Mono<Connection> create() {
        return super.create()
                .retryWhen(ON_SILENT_CONNECTION)
                .onErrorMap(R2dbcException.class, NoConnection::new)
                .onErrorMap(TimeoutException.class, NoConnection::new);
    }

    /** Thrown if there is no connection to the database, for any reason. The service is not ready then. */
    static final class NoConnection extends R2dbcNonTransientResourceException {

        NoConnection(Throwable reason) {
            super("No connection to the database: " + reason.getMessage(), reason);
        }
    }

    private ConnectionFactory factory(DatabaseUrl url, String schema, Pool pool) {
        var hosts = url.hosts().stream()
                .map(host -> factory(host, url, schema, pool))
                .toList();
        return new Failover(hosts, url.readWrite(), CONNECT_WAIT);
    }

    private ConnectionFactory factory(DatabaseUrl.Host host, DatabaseUrl url, String schema, Pool pool) {
        var options = ConnectionFactoryOptions.builder()
                .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                .option(ConnectionFactoryOptions.HOST, host.name())
                .option(ConnectionFactoryOptions.PORT, host.port())
                .option(ConnectionFactoryOptions.DATABASE, url.database())
                .option(ConnectionFactoryOptions.USER, url.user())
                .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, CONNECT_WAIT)
                .option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, loops)
                .option(PostgresqlConnectionFactoryProvider.SSL_MODE, SSLMode.fromValue(url.sslMode()))
                .option(PostgresqlConnectionFactoryProvider.SCHEMA, schema)
                .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, schema)
                .option(PostgresqlConnectionFactoryProvider.LOCK_WAIT_TIMEOUT, pool.lockWait())
                .option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, STATEMENT_TIMEOUT)
                .option(PostgresqlConnectionFactoryProvider.OPTIONS, settings(pool))
                // Timestamps and numbers are faster to read than as text.
                .option(PostgresqlConnectionFactoryProvider.FORCE_BINARY, true)
                // By default, timestamps have the time zone of the JVM. Values derived from them would then differ
                // between instances.
                .option(PostgresqlConnectionFactoryProvider.TIME_ZONE, TimeZone.getTimeZone("UTC"))
                .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true);
        if (url.password() != null) {
            options.option(ConnectionFactoryOptions.PASSWORD, url.password());
        }
        return ConnectionFactories.get(options.build());
    }

    private static Map<String, String> settings(Pool pool) {
        var settings = new HashMap<>(Map.of("idle_in_transaction_session_timeout", "5s"));
        // Citus applies SET LOCAL on the server that has the rows, too. Other servers ignore this.
        settings.put("citus.propagate_set_commands", "local");
        if (pool == Pool.BATCHES) {
            // PostgreSQL would read a small table as a whole, and keep that plan while the table grows.
            settings.put("enable_seqscan", "off");
            // Before version 18, it would compile each statement that cannot avoid such a scan.
            settings.put("jit", "off");
        }
        return settings;
    }

    /**
     * Opens the first connections of all pools. Does not use the pools' own warm-up: if one connection cannot be opened in
     * time, it gives up the others that are being opened, and their places in the pools are lost.
     */
    Mono<Void> warmUp() {
        return Transactions.finish(Flux.fromIterable(pools.values())
                .flatMap(pool -> pool.create()
                        .flatMap(connection -> Mono.from(connection.close()))
                        .onErrorComplete())
                .then());
    }

    /** Measures the pools under the names of OpenTelemetry's semantic conventions. */
    @Override
    public void bindTo(MeterRegistry meters) {
        pools.forEach((pool, connections) -> connections.getMetrics().ifPresent(state -> {
            var name = Tags.of("db.client.connection.pool.name", pool.name().toLowerCase(Locale.ROOT));
            gauge("count", "The open connections", name.and(STATE, "used"), state, PoolMetrics::acquiredSize, meters);
            gauge("count", "The open connections", name.and(STATE, "idle"), state, PoolMetrics::idleSize, meters);
            gauge(
                    "max",
                    "The most connections that may be open",
                    name,
                    state,
                    PoolMetrics::getMaxAllocatedSize,
                    meters);
            gauge(
                    "pending_requests",
                    "The work that waits for a connection",
                    name,
                    state,
                    PoolMetrics::pendingAcquireSize,
                    meters);
        }));
    }

    private static void gauge(
            String name,
            String description,
            Tags tags,
            PoolMetrics state,
            ToDoubleFunction<PoolMetrics> value,
            MeterRegistry meters) {
        Gauge.builder("db.client.connection." + name, state, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(meters);
    }

    @Override
    protected Mono<Object> determineCurrentLookupKey() {
        return Mono.deferContextual(context -> Mono.just(Pool.of(context)));
    }

    @Override
    public void close() {
        watch.close();
        Flux.fromIterable(pools.values())
                .flatMap(ConnectionPool::close)
                .onErrorComplete()
                .blockLast(Duration.ofSeconds(5));
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(2)).block(Duration.ofSeconds(5));
    }
}
