package io.multicloudboutique.support.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.support.EmptyService;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TestDatabase;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class TransactionsTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(EmptyService.class, "food");

    private Transactions transactions;
    private DatabaseClient sql;

    @BeforeEach
    void createTwoAccounts() {
        transactions = service.bean(Transactions.class);
        sql = service.bean(DatabaseClient.class);
        service.database().execute("DROP TABLE IF EXISTS food.accounts, food.payments");
        service.database().execute("CREATE TABLE food.accounts (name text PRIMARY KEY, amount int)");
        service.database().execute("INSERT INTO food.accounts VALUES ('a', 0), ('b', 0)");
    }

    @Test
    void theTransactionThatLosesADeadlockIsRetried() {
        var bothHoldALock = new Rendezvous(2);
        var runs = new AtomicInteger();

        Mono.when(
                        transactions.run(add("a").then(bothHoldALock.meet())
                                .then(add("b"))
                                .doOnSubscribe(s -> runs.incrementAndGet())),
                        transactions.run(add("b").then(bothHoldALock.meet())
                                .then(add("a"))
                                .doOnSubscribe(s -> runs.incrementAndGet())))
                .block(Duration.ofSeconds(20));

        assertThat(runs).hasValue(3);
        assertThat(service.database().value("SELECT array_agg(amount)::text FROM food.accounts"))
                .isEqualTo("{2,2}");
    }

    @Test
    void anErrorRollsBackTheNestedWorkToo() {
        var work = add("a").then(transactions.run(add("b"))).then(Mono.error(new IllegalStateException("no")));

        assertThatThrownBy(() -> transactions.run(work).block(Duration.ofSeconds(20)))
                .hasMessage("no");
        assertThat(service.database().value("SELECT array_agg(amount)::text FROM food.accounts"))
                .isEqualTo("{0,0}");
    }

    @Test
    @Tag(TestDatabase.OWN_SERVER) // creates a deferred constraint, which no service has and Citus reports as XX000
    void anErrorOfTheCommitIsReportedAndTheConnectionsStayUsable() {
        service.database()
                .execute("CREATE TABLE food.payments (account text REFERENCES food.accounts INITIALLY DEFERRED)");
        var moreThanThePoolHas = 20;
        var payment = sql.sql("INSERT INTO payments VALUES ('unknown')").then();

        for (int i = 0; i < moreThanThePoolHas; i++) {
            assertThatThrownBy(() -> transactions.run(add("a").then(payment)).block(Duration.ofSeconds(20)))
                    .isInstanceOf(DataIntegrityViolationException.class);
        }
        transactions.run(add("a")).block(Duration.ofSeconds(20));
        assertThat(service.database().value("SELECT array_agg(amount ORDER BY name)::text FROM food.accounts"))
                .isEqualTo("{1,0}");
    }

    @Test
    void workThatFailsBeforeItsFirstStatementLeavesNoOpenTransaction() {
        var work = Mono.error(new IllegalStateException("no"));

        assertThatThrownBy(() -> transactions.run(work).block(Duration.ofSeconds(20)))
                .hasMessage("no");
        assertThat(
                        service.database()
                                .value(
                                        "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'food' AND state LIKE 'idle in transaction%'"))
                .isEqualTo(0L);
    }

    /** Citus passes a limit to the server that has the rows only if the transaction itself sets it. */
    @Test
    void eachTransactionSetsTheLimitOfItsPoolForLocks() {
        var limit = sql.sql("""
                        SELECT concat_ws(' ', setting, source, current_setting('citus.propagate_set_commands'))
                        FROM pg_settings WHERE name = 'lock_timeout'
                        """).map(row -> row.get(0, String.class)).one();

        assertThat(transactions.run(limit).block(Duration.ofSeconds(20))).isEqualTo("2000 session local");
        assertThat(Pool.BATCHES.use(transactions.run(limit)).block(Duration.ofSeconds(20)))
                .isEqualTo("200 session local");
        assertThat(limit.block(Duration.ofSeconds(20))).isEqualTo("2000 client local");
    }

    /** A session keeps plans. That of a small table would otherwise read the whole table after it has grown. */
    @Test
    void batchesUseTheIndexesOfSmallTablesToo() {
        service.database().execute("ANALYZE food.accounts");
        var plan = sql.sql("EXPLAIN SELECT * FROM accounts WHERE name = 'a'")
                .map(row -> row.get(0, String.class))
                .first();

        assertThat(plan.block(Duration.ofSeconds(20))).startsWith("Seq Scan");
        assertThat(Pool.BATCHES.use(plan).block(Duration.ofSeconds(20))).startsWith("Index Scan");
    }

    private Mono<Void> add(String account) {
        return sql.sql("UPDATE accounts SET amount = amount + 1 WHERE name = :name")
                .bind("name", account)
                .then();
    }

    /** Lets the parties continue when all of them have arrived. Later arrivals continue immediately. */
    private static final class Rendezvous {

        private final AtomicInteger missing;
        private final Sinks.Empty<Void> complete = Sinks.empty();

        Rendezvous(int parties) {
            missing = new AtomicInteger(parties);
        }

        Mono<Void> meet() {
            return Mono.defer(() -> {
                if (missing.decrementAndGet() == 0) {
                    complete.tryEmitEmpty();
                }
                return complete.asMono();
            });
        }
    }
}
