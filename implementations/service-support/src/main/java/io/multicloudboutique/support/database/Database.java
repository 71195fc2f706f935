package io.multicloudboutique.support.database;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The PostgreSQL database of a service: the database in {@code DATABASE_URL} or, if the variable is not set, a
 * {@link DatabaseServer} that this JVM starts, with files under {@code BOUTIQUE_DATA_DIR}. Closing this object stops
 * that server. Thread-safe.
 */
public final class Database implements AutoCloseable {

    private final DatabaseUrl url;
    private final @Nullable DatabaseServer server;

    private Database(DatabaseUrl url, @Nullable DatabaseServer server) {
        this.url = url;
        this.server = server;
    }

    /**
     * Reads the configured database from the environment, without connecting to it. If {@code DATABASE_URL} is not set,
     * starts the {@link DatabaseServer} on the class path, with its files under {@code BOUTIQUE_DATA_DIR}
     * ({@code .boutique} by default).
     *
     * @throws DatabaseUnavailable if {@code DATABASE_URL} is malformed, or if it is not set and the class path has no
     *     server or the server does not start
     */
    public static Database from(Environment environment) {
        var configured = environment.getProperty("DATABASE_URL");
        if (StringUtils.hasText(configured)) {
            return new Database(DatabaseUrl.parse(configured), null);
        }
        var server = ServiceLoader.load(DatabaseServer.class)
                .findFirst()
                .orElseThrow(() -> new DatabaseUnavailable("DATABASE_URL is not set: set it to a PostgreSQL database, "
                        + DatabaseUrl.FORM + ". To try the services without your own database, run ./boutique."));
        var folder = Path.of(environment.getProperty("BOUTIQUE_DATA_DIR", ".boutique"));
        return new Database(DatabaseUrl.parse(server.start(folder.resolve("postgresql"))), server);
    }

    /**
     * Opens and closes one connection. A caller that starts several services on this database can thereby detect an
     * unusable database before it starts the first service.
     *
     * @throws DatabaseUnavailable if the database does not respond within ten seconds or rejects the connection
     */
    public void requireAnswer() {
        try {
            new JdbcConnections(url).getConnection().close();
        } catch (SQLException e) {
            throw new DatabaseUnavailable(
                    "The database in DATABASE_URL cannot be used: "
                            + e.getMessage().lines().findFirst().orElse(e.getSQLState()),
                    e);
        }
    }

    /**
     * Calls the action if the server that this JVM started has ended and cannot be started again. Never calls it for a
     * database in {@code DATABASE_URL}.
     *
     * @param action receives the reason, in one line
     */
    public void onFailure(Consumer<DatabaseUnavailable> action) {
        if (server != null) {
            server.onFailure(action);
        }
    }

    /**
     * Returns the URL of this database in the form of {@code DATABASE_URL}, for another process or application context.
     * The URL contains the password.
     */
    public String address() {
        return url.encoded();
    }

    /** Describes the database for people, without credentials. */
    @Override
    public String toString() {
        return server != null
                ? "embedded PostgreSQL on port " + url.hosts().get(0).port()
                : "PostgreSQL at " + url;
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
