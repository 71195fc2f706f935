package io.multicloudboutique.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The database of a running service. Tests use it to inspect and change the stored data directly. Thread-safe. */
public final class TestDatabase implements AutoCloseable {

    /** The JUnit tag of tests that need the tests' own server, and therefore cannot run on a {@link GivenDatabase}. */
    public static final String OWN_SERVER = "own-server";

    private final String url;
    private final String jdbcUrl;
    private final Host host;
    private @Nullable Connection shared;

    /** The server of the database, through which a test acts on the database from outside. Thread-safe. */
    interface Host {

        /** Returns the name of the database, or throws if the tests have no server of their own. */
        default String name() {
            throw new IllegalStateException("Only the tests' own server has this. Tag the test with " + OWN_SERVER);
        }

        /** Returns the server's log file, or throws if the tests have no server of their own. */
        default Path log() {
            throw new IllegalStateException("Only the tests' own server has this. Tag the test with " + OWN_SERVER);
        }

        void refuseConnections();

        void acceptConnections();

        /** Removes what the tests have created. */
        void drop();
    }

    /** @param url in the form of {@code DATABASE_URL} */
    TestDatabase(String url, String jdbcUrl, Host host) {
        this.url = url;
        this.jdbcUrl = jdbcUrl;
        this.host = host;
    }

    String name() {
        return host.name();
    }

    /** Returns the log file of the server, which has entries for all its databases. */
    Path serverLog() {
        return host.log();
    }

    /** Returns the URL of the database in the form of {@code DATABASE_URL}. */
    public String url() {
        return url;
    }

    /** Opens a connection that commits each statement. The caller must close it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl);
    }

    /** Returns the single value that the query selects. */
    public Object value(String sql) {
        return rows(sql).get(0).values().iterator().next();
    }

    /** Returns the rows that the query selects, each as values by column name. */
    public synchronized List<Map<String, Object>> rows(String sql) {
        try (var statement = shared().createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<Map<String, Object>>();
            while (result.next()) {
                var row = new LinkedHashMap<String, Object>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns a connection that stays open, because connecting takes ten times as long as a short statement. */
    private Connection shared() throws SQLException {
        if (shared == null || !shared.isValid(1)) {
            shared = connect();
        }
        return shared;
    }

    /** Runs one or several statements and ignores their results. */
    public synchronized void execute(String sql) {
        try (var statement = shared().createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private void executeOnOwnConnection(String sql) {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /**
     * Fills tables of a schema with statements that run in parallel. To halve the time, makes the tables unlogged and
     * builds their secondary indexes after the statements.
     */
    public void fill(String schema, String... statements) {
        // Referencing tables come first, since a logged table must not reference an unlogged one.
        rows("SELECT oid::regclass::text AS name FROM pg_class c WHERE relkind = 'r' AND relnamespace = '" + schema
                        + "'::regnamespace ORDER BY (SELECT count(*) FROM pg_constraint WHERE confrelid = c.oid)")
                .forEach(table -> execute("ALTER TABLE " + table.get("name") + " SET UNLOGGED"));
        var indexes = rows(
                "SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index"
                        + " JOIN pg_class ON pg_class.oid = indrelid WHERE relnamespace = '" + schema
                        + "'::regnamespace AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)");
        indexes.forEach(index -> execute("DROP INDEX " + index.get("name")));
        Stream.of(statements).parallel().forEach(this::executeOnOwnConnection);
        indexes.parallelStream()
                .forEach(index -> executeOnOwnConnection(index.get("definition").toString()));
    }

    /**
     * Returns a digest for each table of a schema, except Flyway's history table. The digest changes with any change of
     * the table's rows.
     */
    public Map<String, Object> content(String schema) {
        var digests = rows("SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables"
                        + " WHERE table_schema = '" + schema + "' AND table_name <> 'flyway_schema_history'")
                .stream()
                .map(table -> "SELECT '" + table.get("name") + "' AS name, count(*) || ' rows ' ||"
                        + " md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS digest FROM "
                        + table.get("name") + " t")
                .collect(Collectors.joining(" UNION ALL "));
        var content = new TreeMap<String, Object>();
        rows(digests).forEach(table -> content.put((String) table.get("name"), table.get("digest")));
        return content;
    }

    /** Ends all connections and rejects new ones, as if the database were unavailable. */
    public void refuseConnections() {
        host.refuseConnections();
    }

    public void acceptConnections() {
        host.acceptConnections();
    }

    @Override
    public synchronized void close() {
        if (shared != null) {
            try {
                shared.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        host.drop();
    }
}
