package io.multicloudboutique.testing;

import io.multicloudboutique.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.util.FileSystemUtils;

/**
 * The tests' own PostgreSQL server, which all tests of a run share, unless the tests use a {@link GivenDatabase}. It is
 * stopped and deleted at the end of the run. Thread-safe.
 */
final class TestServer implements AutoCloseable {

    private final Path folder;
    private final EmbeddedDatabase server;
    private final AtomicInteger databases = new AtomicInteger();

    private TestServer() {
        try {
            folder = Files.createTempDirectory("boutique-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PreparedServer.copyTo(folder);
        server = EmbeddedDatabase.start(folder);
    }

    static TestServer of(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(TestServer.class, type -> new TestServer(), TestServer.class);
    }

    /** Creates an empty database. */
    TestDatabase createDatabase() {
        var name = "test_" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return new TestDatabase(server.url(name), jdbcUrl(server, name), new Host(name));
    }

    private final class Host implements TestDatabase.Host {

        private final String name;

        Host(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Path log() {
            return folder.resolve("server.log");
        }

        @Override
        public void refuseConnections() {
            execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }

        @Override
        public void acceptConnections() {
            execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
        }

        @Override
        public void drop() {
            execute("DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    static String jdbcUrl(EmbeddedDatabase server, String database) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + server.user() + "&password="
                + server.password();
    }

    private void execute(String sql) {
        try (var connection = DriverManager.getConnection(jdbcUrl(server, server.database()));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        FileSystemUtils.deleteRecursively(folder);
    }
}
