package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.embeddedpostgres.EmbeddedDatabase;
import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.support.ServiceApplication;
import io.multicloudboutique.testing.PreparedServer;
import io.multicloudboutique.testing.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Tests a service whose {@code DATABASE_URL} has several hosts. */
@Tag(TestDatabase.OWN_SERVER) // uses two servers of its own
class FailoverTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** A read-only connection fails one write. The service has up to this number of connections for writes. */
    private static final int CONNECTIONS = 4;

    @TempDir
    static Path folder;

    private static final List<EmbeddedDatabase> servers = new ArrayList<>();
    private static EmbeddedDatabase one;
    private static EmbeddedDatabase other;

    private @Nullable ConfigurableApplicationContext service;

    @BeforeAll
    static void startTwoServers() throws SQLException {
        one = server("one");
        other = server("other");
        assertThat(one.password()).isEqualTo(other.password());
    }

    private static EmbeddedDatabase server(String name) throws SQLException {
        PreparedServer.copyTo(folder.resolve(name));
        var server = EmbeddedDatabase.start(folder.resolve(name));
        servers.add(server);
        execute(server, "CREATE TABLE public.written (id int)");
        return server;
    }

    @BeforeEach
    void emptyTheServers() throws SQLException {
        for (var server : List.of(one, other)) {
            acceptWrites(server, true);
            execute(server, "TRUNCATE public.written");
        }
    }

    @AfterEach
    void stopTheService() {
        if (service != null) {
            service.close();
        }
    }

    @AfterAll
    static void stopTheServers() {
        servers.forEach(EmbeddedDatabase::close);
    }

    @Test
    void theServiceUsesTheHostThatAcceptsWrites() throws Exception {
        acceptWrites(one, false);
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            start(silent.getLocalPort(), one.port(), other.port());

            var begin = System.nanoTime();
            Flux.range(0, 20).flatMap(id -> write(id)).then().block(TIMEOUT);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("Connections after the first one do not wait for the silent host")
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(written(other)).hasSize(20);
        }
    }

    @Test
    void theServiceLeavesAHostThatBecomesReadOnly() throws Exception {
        acceptWrites(other, false);
        start(one.port(), other.port());
        useAllConnections();
        acceptWrites(one, false);
        acceptWrites(other, true);

        for (int i = 0; i < CONNECTIONS; i++) {
            write(0).onErrorComplete().block(TIMEOUT);
        }
        IntStream.rangeClosed(1, 10).forEach(id -> write(id).block(TIMEOUT));

        assertThat(written(other)).contains(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void theServiceLeavesAHostThatStops() throws Exception {
        var stopping = server("stopping");
        acceptWrites(other, false);
        start(stopping.port(), other.port());
        useAllConnections();
        stopping.close();
        assertThatThrownBy(() -> Flux.range(0, 10)
                        .concatMap(id -> write(id).onErrorComplete())
                        .thenMany(write(0))
                        .blockLast(TIMEOUT))
                .as("No host accepts writes")
                .isInstanceOf(RuntimeException.class);
        acceptWrites(other, true);

        IntStream.rangeClosed(1, 10).forEach(id -> write(id).block(TIMEOUT));

        assertThat(written(other)).hasSize(10);
    }

    private void start(int... ports) {
        var hosts = IntStream.of(ports).mapToObj(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        service = ServiceApplication.of(EmptyService.class, "food")
                .run(
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--spring.r2dbc.pool.max-size=" + CONNECTIONS,
                        "--DATABASE_URL=postgresql://" + one.user() + ":" + one.password() + "@" + hosts + "/"
                                + one.database());
    }

    private Mono<Void> write(int id) {
        return service.getBean(Transactions.class)
                .run(service.getBean(DatabaseClient.class)
                        .sql("INSERT INTO public.written VALUES (" + id + ")")
                        .then());
    }

    private void useAllConnections() {
        Flux.range(0, CONNECTIONS)
                .flatMap(i -> service.getBean(Transactions.class)
                        .run(service.getBean(DatabaseClient.class)
                                .sql("SELECT pg_sleep(0.2)")
                                .then()))
                .then()
                .block(TIMEOUT);
    }

    private static void acceptWrites(EmbeddedDatabase server, boolean accept) throws SQLException {
        execute(server, "ALTER SYSTEM SET default_transaction_read_only = " + !accept);
        execute(server, "SELECT pg_reload_conf()");
        // The server's processes read the new setting after a moment.
        for (var setting = ""; !setting.equals(accept ? "off" : "on"); ) {
            setting =
                    values(server, "SHOW default_transaction_read_only").get(0).toString();
        }
    }

    private static List<Object> written(EmbeddedDatabase server) throws SQLException {
        return values(server, "SELECT id FROM public.written");
    }

    private static void execute(EmbeddedDatabase server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(server));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<Object> values(EmbeddedDatabase server, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(server));
                var statement = connection.createStatement();
                var result = statement.executeQuery(sql)) {
            var values = Stream.<Object>builder();
            while (result.next()) {
                values.add(result.getObject(1));
            }
            return values.build().toList();
        }
    }

    private static String url(EmbeddedDatabase server) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + server.database() + "?user=" + server.user()
                + "&password=" + server.password();
    }
}
