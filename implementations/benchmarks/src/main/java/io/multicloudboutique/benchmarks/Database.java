package io.multicloudboutique.benchmarks;

import io.multicloudboutique.embeddedpostgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.ds.PGSimpleDataSource;

/** The PostgreSQL server that all targets use, each with a database of its own. Commits are durable: fsync is on. */
final class Database implements AutoCloseable {

    private final EmbeddedDatabase server;
    private final ProcessTree tree;

    private Database(EmbeddedDatabase server, ProcessTree tree) {
        this.server = server;
        this.tree = tree;
    }

    static Database start(Path folder) {
        EmbeddedDatabase server = EmbeddedDatabase.start(folder);
        try {
            String pid =
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
            return new Database(server, new ProcessTree(Long.parseLong(pid.strip())));
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException(e);
        }
    }

    /** Creates an empty database, and drops the one that an earlier run has left. */
    void create(String name) {
        execute(server.database(), "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        execute(server.database(), "CREATE DATABASE " + name);
    }

    /** Executes statements that are separated by semicolons. */
    void execute(String database, String statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(statements);
        } catch (SQLException e) {
            throw new BenchmarkFailure("PostgreSQL refused a statement: " + e.getMessage(), e);
        }
    }

    /** Writes all changes to the disk, so that no measurement pays for the writes of the measurement before. */
    void checkpoint() {
        execute(server.database(), "CHECKPOINT");
    }

    String version() {
        try (Connection connection = connect(server.database());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW server_version")) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new BenchmarkFailure("PostgreSQL refused a statement: " + e.getMessage(), e);
        }
    }

    private Connection connect(String name) throws SQLException {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://127.0.0.1:" + server.port() + "/" + name);
        source.setUser(server.user());
        source.setPassword(server.password());
        return source.getConnection();
    }

    /** Returns the value of {@code DATABASE_URL}. */
    String url(String name) {
        return server.url(name);
    }

    String r2dbcUrl(String name) {
        return "r2dbc:postgresql://%s:%s@127.0.0.1:%d/%s"
                .formatted(server.user(), server.password(), server.port(), name);
    }

    ProcessTree tree() {
        return tree;
    }

    @Override
    public void close() {
        server.close();
    }
}
