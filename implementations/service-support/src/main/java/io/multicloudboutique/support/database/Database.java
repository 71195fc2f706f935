package io.multicloudboutique.support.database;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The PostgreSQL database of a service: the one that {@code DATABASE_URL} names or, without that variable, a server of this JVM
 * whose files are under {@code BOUTIQUE_DATA_DIR}. Closing it stops a server that it started. Thread-safe.
 */
public final class Database implements AutoCloseable {

    private final DatabaseUrl url;
    private final @Nullable DatabaseServer server;

    private Database(DatabaseUrl url, @Nullable DatabaseServer server) {
        this.url = url;
        this.server = server;
    }

    /**
     * Finds the configured database. Without {@code DATABASE_URL} it starts the {@link DatabaseServer} on the class path.
     *
     * @throws DatabaseUnavailable if {@code DATABASE_URL} is malformed, or is not set and there is no server to start
     */
    public static Database from(Environment environment) {
        var configured = environment.getProperty("DATABASE_URL");
        if (StringUtils.hasText(configured)) {
            return new Database(DatabaseUrl.parse(configured), null);
        }
        var server = ServiceLoader.load(DatabaseServer.class)
                .findFirst()
                .orElseThrow(() -> new DatabaseUnavailable("DATABASE_URL is not set: set it to a PostgreSQL database, "
                        + DatabaseUrl.FORM + ". To try the service without one, use ./boutique."));
        var folder = Path.of(environment.getProperty("BOUTIQUE_DATA_DIR", ".boutique"));
        return new Database(DatabaseUrl.parse(server.start(folder.resolve("postgresql"))), server);
    }

    /**
     * Connects once, so that whoever starts several programs on it learns first that it cannot be used.
     *
     * @throws DatabaseUnavailable if nobody answers within ten seconds, or not to this user
     */
    public void requireAnswer() {
        try {
            DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password())
                    .close();
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The database of DATABASE_URL cannot be used: "
                            + e.getMessage().lines().findFirst().orElse(e.getSQLState()),
                    e);
        }
    }

    /** The same database for another process or context, as {@code DATABASE_URL} takes it; holds the password. */
    public String address() {
        return url.encoded();
    }

    /** What to call it in front of people: no credentials. */
    @Override
    public String toString() {
        return server != null ? "embedded PostgreSQL on port " + url.port() : "PostgreSQL at " + url;
    }

    DatabaseUrl url() {
        return url;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
