package io.multicloudboutique.support.database;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Where the data is: in the database that {@code DATABASE_URL} names or, without one, in an embedded PostgreSQL whose files
 * are under {@code BOUTIQUE_DATA_DIR}. Closing it stops what it started. Thread-safe.
 */
public final class Database implements AutoCloseable {

    private static final String EMBEDDED_LIBRARY = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";

    private final DatabaseUrl url;
    private final @Nullable EmbeddedDatabase embedded;

    private Database(DatabaseUrl url, @Nullable EmbeddedDatabase embedded) {
        this.url = url;
        this.embedded = embedded;
    }

    /**
     * Finds the database that the environment asks for, and starts it if it is the embedded one.
     *
     * @throws DatabaseUnavailable if there cannot be one
     */
    public static Database from(Environment environment) {
        var configured = environment.getProperty("DATABASE_URL");
        if (StringUtils.hasText(configured)) {
            return new Database(DatabaseUrl.parse(configured), null);
        }
        if (environment.containsProperty("K_SERVICE")) {
            throw new DatabaseUnavailable("Cloud Run keeps no disk: set DATABASE_URL to a PostgreSQL database.");
        }
        if (!ClassUtils.isPresent(EMBEDDED_LIBRARY, null)) {
            throw new DatabaseUnavailable(
                    "There is no embedded database here: set DATABASE_URL to a PostgreSQL database.");
        }
        var folder = Path.of(environment.getProperty("BOUTIQUE_DATA_DIR", ".boutique"));
        var embedded = EmbeddedDatabase.start(folder.resolve("postgresql"));
        var url = new DatabaseUrl(
                "127.0.0.1", embedded.port(), embedded.database(), embedded.user(), embedded.password(), "disable");
        return new Database(url, embedded);
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
        return embedded != null ? "embedded PostgreSQL on port " + url.port() : "PostgreSQL at " + url;
    }

    DatabaseUrl url() {
        return url;
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
