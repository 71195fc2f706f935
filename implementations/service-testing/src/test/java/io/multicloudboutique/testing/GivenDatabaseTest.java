package io.multicloudboutique.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.r2dbc.spi.ConnectionFactories;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A given database: here a new database of the tests' own server. */
class GivenDatabaseTest {

    private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();

    private TestDatabase actual;
    private GivenDatabase given;

    @RegisterExtension
    final BeforeEachCallback server = context -> actual = TestServer.of(context).createDatabase();

    @BeforeEach
    void connect() {
        given = new GivenDatabase(actual.url(), refusals::add);
    }

    @AfterEach
    void drop() throws Exception {
        given.close();
        actual.close();
    }

    @Test
    void theSchemasOfTestsAreEmptyAndAreDroppedByTheLastTest() {
        var one = given.create(List.of("crm", "food"));
        one.execute("CREATE TABLE food.meals ()");
        var other = given.create(List.of("food"));

        one.close();
        assertThat(other.rows("SELECT * FROM food.meals")).isEmpty();
        assertThat(schemas()).containsExactly("food");
        other.close();

        assertThat(schemas()).isEmpty();
    }

    @Test
    void aSchemaThatNoTestHasCreatedIsNeverDropped() {
        actual.execute("CREATE SCHEMA food; CREATE TABLE food.orders (); CREATE SCHEMA unrelated");

        assertThatThrownBy(() -> given.create(List.of("crm", "food")))
                .hasMessageContaining("no test run has created the schemas [food]")
                .hasMessageContaining("Set -Dboutique.test.database")
                .hasMessageEndingWith("DROP SCHEMA food CASCADE;");

        assertThat(actual.rows("SELECT * FROM food.orders")).isEmpty();
        assertThat(schemas()).containsExactly("food");
    }

    @Test
    void theSchemasOfAnInterruptedRunAreReplaced() throws Exception {
        given.create(List.of("food")).execute("CREATE TABLE food.left_over ()");

        try (var next = new GivenDatabase(actual.url(), refusals::add);
                var database = next.create(List.of("food"))) {
            assertThat(database.rows("SELECT * FROM pg_tables WHERE schemaname = 'food'"))
                    .isEmpty();
        }
    }

    private List<Object> schemas() {
        return actual.rows("SELECT nspname FROM pg_namespace WHERE nspname IN ('crm', 'food') ORDER BY 1").stream()
                .map(row -> row.get("nspname"))
                .toList();
    }

    @Test
    void anUnusableDatabaseIsReported() throws Exception {
        assertThatThrownBy(() -> new GivenDatabase("postgresql://host/shop", refusals::add))
                .hasMessageContaining("postgresql://user:password@host:port/database");
        assertThatThrownBy(() -> new GivenDatabase("postgresql://u:p@one:5432,two:5432/shop", refusals::add))
                .hasMessageContaining("with one host");
        try (var socket = new ServerSocket(0)) {
            var port = socket.getLocalPort();
            socket.close();
            assertThatThrownBy(() -> new GivenDatabase("postgresql://u:p@127.0.0.1:" + port + "/shop", refusals::add))
                    .hasMessageContaining("cannot be used: Connection refused");
        }
    }

    @Test
    void aRefusedStatementIsRecordedWithItsErrorAndItsSession() {
        var database = given.create(List.of("food"));

        assertThatThrownBy(() -> database.execute("CREATE TABLE food.t (a int);\nALTER TABLE food.t ADD UNIQUE (b)"))
                .isInstanceOf(IllegalStateException.class);

        assertThat(refusals)
                .containsExactly(new Refusal(
                        "42703",
                        "column \"b\" named in key does not exist",
                        "ALTER TABLE food.t ADD UNIQUE (b)",
                        "test"));
    }

    /** The driver sends all statements of a batch before it reads the first answer. */
    @Test
    void theRefusedStatementOfABatchIsRecorded() throws SQLException {
        try (var connection = given.create(List.of("food")).connect();
                var batch = connection.createStatement()) {
            for (var sql : List.of("SELECT 1 WHERE false", "SELECT 2 WHERE nothing", "SELECT 3 WHERE false")) {
                batch.addBatch(sql);
            }
            assertThatThrownBy(batch::executeBatch).isInstanceOf(SQLException.class);
        }

        assertThat(refusals).extracting(Refusal::statement).containsExactly("SELECT 2 WHERE nothing");
    }

    @Test
    void theRefusedStatementOfAServiceIsRecorded() {
        var url = given.create(List.of("food")).url().replace("postgresql://", "r2dbc:postgresql://");
        var statements = Mono.from(ConnectionFactories.get(url).create())
                .flatMapMany(connection -> Flux.just(
                                "SELECT $1::int", "SELECT pg_typeof($1::int) + 1", "SELECT $1::int")
                        .flatMap(sql ->
                                connection.createStatement(sql).bind(0, 1).execute())
                        .flatMap(result -> result.map(row -> row.get(0)))
                        .then()
                        .then(Mono.from(connection.close())));

        assertThatThrownBy(statements::blockLast).hasMessageContaining("operator does not exist");

        assertThat(refusals).extracting(Refusal::statement).containsExactly("SELECT pg_typeof($1::int) + 1");
    }

    @Test
    void ordinaryErrorsAreNoRefusals() {
        var database = given.create(List.of("food"));
        database.execute("CREATE TABLE food.t (a int PRIMARY KEY)");

        for (var sql : List.of("INSERT INTO food.t VALUES (1), (1)", "SELECT 1 / 0", "SELECT 'text'::int")) {
            assertThatThrownBy(() -> database.execute(sql)).isInstanceOf(IllegalStateException.class);
        }

        assertThat(refusals).isEmpty();
    }

    @Test
    void connectionsCanBeRefusedForATime() {
        var database = given.create(List.of("food"));
        database.execute("CREATE TABLE food.t ()");

        database.refuseConnections();
        assertThatThrownBy(() -> database.execute("SELECT 1")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
        database.acceptConnections();

        assertThat(database.rows("SELECT * FROM food.t")).isEmpty();
    }

    @Test
    void aCancelledStatementEnds() throws Exception {
        try (var connection = given.create(List.of("food")).connect();
                var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(60)"))
                    .hasMessageContaining("canceling statement");
        }
        assertThat(refusals).isEmpty();
    }
}
