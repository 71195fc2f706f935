package io.multicloudboutique.testing;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The database in the system property {@value #PROPERTY}, which replaces the tests' own server. The tests use only this
 * database, because not every engine lets them create another one. They create the schemas of their services and drop
 * them again, so two test classes cannot use a service's schema at the same time: test classes run one after the other,
 * and a test run waits until the runs of other modules have ended. Thread-safe.
 */
public final class GivenDatabase implements AutoCloseable {

    static final String PROPERTY = "boutique.test.database";

    private static final String FORM = "postgresql://user:password@host:port/database?sslmode=require";

    /** The comment of a schema that a test run has created, and that the next one may drop. */
    private static final String MARK = "A test run of Multicloud Boutique has created this schema. Test runs drop it.";

    private static final String UNMARKED =
            "SELECT nspname FROM pg_namespace WHERE coalesce(obj_description(oid, 'pg_namespace'), '') <> '" + MARK
                    + "' AND nspname IN (%s)";

    private static @Nullable GivenDatabase current;

    private final URI url;
    private final StatementRelay relay;
    private final Map<String, Integer> uses = new HashMap<>();

    /**
     * Connects to a database.
     *
     * @param refusals receives the statements that the database refuses
     * @throws IllegalStateException if the URL is malformed or the database cannot be reached
     */
    GivenDatabase(String url, Consumer<Refusal> refusals) {
        this.url = parsed(url);
        try {
            relay = new StatementRelay(this.url.getHost(), this.url.getPort(), sslMode(this.url), refusals);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Returns whether the tests use a given database instead of their own server. */
    public static boolean isSet() {
        return System.getProperty(PROPERTY) != null;
    }

    /**
     * Creates empty schemas for services. Closing the result drops them. If other open results have some of the same
     * schemas, all of them share these, and the last one to close drops them.
     *
     * @param services the services' names
     * @throws IllegalStateException if the database has one of the schemas, and no test run has created it
     */
    public static TestDatabase open(List<String> services) {
        return current().create(services);
    }

    private static synchronized GivenDatabase current() {
        if (current == null) {
            awaitOtherModules();
            current = new GivenDatabase(System.getProperty(PROPERTY), Refusals.ofThisModule()::add);
        }
        return current;
    }

    /**
     * Checks, at the beginning of a build, that the tests may use the database, and drops what an interrupted build
     * has left.
     *
     * @return the version of the engine and its extensions, for people
     * @throws IllegalStateException if the tests may not, with the reason and what to do
     */
    static String prepare() {
        var database = current();
        database.drop(services());
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var version = connection
                        .createStatement()
                        .executeQuery("SELECT version() || coalesce((SELECT ' with ' || string_agg(extname || ' ' ||"
                                + " extversion, ', ' ORDER BY extname) FROM pg_extension), '')")) {
            version.next();
            return version.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the names of all services, which are also the names of their contracts. */
    private static List<String> services() {
        try {
            return Stream.of(
                            new PathMatchingResourcePatternResolver().getResources("classpath*:openapi/bundled/*.yaml"))
                    .map(Resource::getFilename)
                    .map(file -> file.substring(0, file.length() - ".yaml".length()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Modules that are built in parallel have JVMs of their own. The lock ends with this JVM. */
    private static void awaitOtherModules() {
        try {
            FileChannel.open(
                            PreparedServer.target().resolve("given-database.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE)
                    .lock();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized TestDatabase create(List<String> services) {
        var unused =
                services.stream().filter(service -> !uses.containsKey(service)).toList();
        drop(unused);
        execute(unused.stream()
                .flatMap(schema ->
                        Stream.of("CREATE SCHEMA " + schema, "COMMENT ON SCHEMA " + schema + " IS '" + MARK + "'"))
                .toList());
        services.forEach(service -> uses.merge(service, 1, Integer::sum));
        return new TestDatabase(serviceUrl(), jdbcUrl(), new TestDatabase.Host() {
            @Override
            public void refuseConnections() {
                relay.refuseConnections();
            }

            @Override
            public void acceptConnections() {
                relay.acceptConnections();
            }

            @Override
            public void drop() {
                release(services);
            }
        });
    }

    private synchronized void release(List<String> services) {
        services.forEach(service -> uses.computeIfPresent(service, (name, count) -> count == 1 ? null : count - 1));
        drop(services.stream().filter(service -> !uses.containsKey(service)).toList());
    }

    private void drop(List<String> schemas) {
        if (schemas.isEmpty()) {
            return;
        }
        requireCreatedByTests(schemas);
        // A session that an interrupted test has left must not stop all further tests.
        var statements = new ArrayList<>(List.of("SET lock_timeout = '30s'"));
        schemas.forEach(schema -> statements.add("DROP SCHEMA IF EXISTS " + schema + " CASCADE"));
        execute(statements);
    }

    private void requireCreatedByTests(List<String> schemas) {
        var foreign = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(jdbcUrl());
                var result = connection
                        .createStatement()
                        .executeQuery(UNMARKED.formatted(schemas.stream()
                                .map(schema -> "'" + schema + "'")
                                .collect(joining(","))))) {
            while (result.next()) {
                foreign.add(result.getString(1));
            }
        } catch (SQLException e) {
            throw unusable(e);
        }
        if (!foreign.isEmpty()) {
            throw new IllegalStateException(
                    "The tests would delete data: no test run has created the schemas " + foreign + " of the database "
                            + url.getHost() + ":" + url.getPort() + url.getPath() + ". Set -D" + PROPERTY
                            + " to a database without these schemas. If nobody needs their data, drop them with"
                            + foreign.stream()
                                    .map(schema -> " DROP SCHEMA " + schema + " CASCADE;")
                                    .collect(joining()));
        }
    }

    private static IllegalStateException unusable(Exception e) {
        return new IllegalStateException("The database in -D" + PROPERTY + " cannot be used: " + e.getMessage(), e);
    }

    private void execute(List<String> statements) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl());
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String serviceUrl() {
        return "postgresql://" + url.getRawUserInfo() + "@127.0.0.1:" + relay.port() + url.getRawPath()
                + "?sslmode=disable";
    }

    private String jdbcUrl() {
        var credentials = url.getRawUserInfo().replace("+", "%2B").split(":", 2);
        return "jdbc:postgresql://127.0.0.1:" + relay.port() + url.getRawPath()
                + "?sslmode=disable&ApplicationName=test" + "&user=" + credentials[0]
                + (credentials.length > 1 ? "&password=" + credentials[1] : "");
    }

    @Override
    public void close() throws IOException {
        relay.close();
    }

    private static URI parsed(String value) {
        var given = uri(value);
        if (given.getHost() == null
                || given.getRawUserInfo() == null
                || given.getRawPath().length() < 2
                || !given.getScheme().startsWith("postgres")) {
            throw new IllegalStateException("-D" + PROPERTY + " cannot be used. The expected form, with one host, is "
                    + FORM + ". Percent-encode special characters.");
        }
        return given.getPort() >= 0
                ? given
                : URI.create(given.toString().replace("@" + given.getHost(), "@" + given.getHost() + ":5432"));
    }

    private static URI uri(String value) {
        try {
            return new URI(value);
        } catch (URISyntaxException malformed) {
            return URI.create("");
        }
    }

    private static String sslMode(URI url) {
        var query = url.getQuery() == null ? "sslmode=prefer" : url.getQuery();
        if (!query.startsWith("sslmode=")) {
            throw new IllegalStateException(
                    "-D" + PROPERTY + " supports only the parameter sslmode, as in " + FORM + ".");
        }
        return query.substring("sslmode=".length());
    }
}
