package io.multicloudboutique.support.database;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Wrapped;
import java.time.Duration;
import org.springframework.r2dbc.connection.ConnectionFactoryUtils;
import org.springframework.r2dbc.connection.ConnectionHolder;
import org.springframework.transaction.reactive.TransactionContextManager;
import org.springframework.transaction.reactive.TransactionSynchronizationManager;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

/**
 * Runs database work in transactions. A transaction that fails because of a deadlock or a serialization failure is
 * retried up to four times, with backoff and jitter. Distributed databases report such failures more often. Nested work
 * joins the outermost transaction, which is retried as a whole.
 *
 * <p>A transaction runs to its end, even if the caller cancels. If the driver were cancelled while the
 * transaction begins, the connection would return to the pool inside an open transaction. Thread-safe.
 */
public final class Transactions {

    private static final Retry ON_CONFLICT = Retry.backoff(4, Duration.ofMillis(5))
            .maxBackoff(Duration.ofMillis(100))
            .jitter(0.75)
            .filter(SqlStates::lostAgainstAnother)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final Connections connections;

    Transactions(Connections connections) {
        this.connections = connections;
    }

    /** Like {@link #run(Duration, Mono)}, with the limit of the pool that the work uses. */
    public <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(context -> run(Pool.of(context).lockWait(), work));
    }

    /**
     * Runs the work in a transaction: either all of its changes are committed or none.
     *
     * @param lockWait how long a statement waits for a lock; at least one millisecond
     * @param work the database work; must not have effects outside the database, because every retry subscribes to it
     *     again
     * @return the result of the work, or the error of the last attempt
     */
    public <T> Mono<T> run(Duration lockWait, Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (context.hasKey(Transactions.class)) {
                return work;
            }
            var transaction = Mono.usingWhen(
                            ConnectionFactoryUtils.getConnection(connections),
                            connection -> run(connection, lockWait, onlyOn(connection, work)),
                            Transactions::release,
                            (connection, error) -> SqlStates.readOnly(error) ? evict(connection) : release(connection),
                            Transactions::release)
                    .retryWhen(ON_CONFLICT)
                    .contextWrite(running -> running.put(Transactions.class, true));
            return finish(transaction);
        });
    }

    /**
     * Runs database work to its end, even if the caller cancels. A cancelled statement would return its connection to the
     * pool before the database has answered.
     */
    public static <T> Mono<T> finish(Mono<T> work) {
        return Mono.deferContextual(context -> Mono.fromFuture(
                work.contextWrite(Context.of(context)).toFuture(), true)); // true: do not pass on a cancellation
    }

    /**
     * Sends BEGIN without waiting for its result, because the statements of the work wait behind it anyway. Spring's
     * transaction manager would wait, which costs each transaction one more round trip.
     *
     * <p>The session has the same limit for locks, but Citus applies only SET LOCAL on the server that has the rows. It
     * repeats the text of the whole message there, so BEGIN must be another message.
     */
    private static <T> Mono<T> run(Connection connection, Duration lockWait, Mono<T> work) {
        return Mono.defer(() -> {
            var begun = Mono.fromFuture(Mono.from(connection.beginTransaction()).toFuture());
            physical(connection)
                    .createStatement("SET LOCAL lock_timeout = " + lockWait.toMillis())
                    .execute()
                    .flatMap(PostgresqlResult::getRowsUpdated)
                    .onErrorComplete() // the statements of the work fail, too
                    .subscribe();
            return work.materialize()
                    .delayUntil(result -> result.isOnError()
                            ? begun.then(Mono.from(connection.rollbackTransaction()))
                                    .onErrorComplete()
                            : begun.then(Mono.from(connection.commitTransaction()))
                                    .onErrorMap(
                                            R2dbcException.class,
                                            error -> ConnectionFactoryUtils.convertR2dbcException(
                                                    "COMMIT", null, error)))
                    .dematerialize();
        });
    }

    private static Mono<Void> release(Connection connection) {
        return Mono.from(connection.close()).onErrorComplete();
    }

    /**
     * Ends a connection whose server no longer accepts writes. The pool then opens a new one, which finds the server
     * that does.
     */
    private static Mono<Void> evict(Connection connection) {
        return physical(connection).close().onErrorComplete().then(release(connection));
    }

    private static PostgresqlConnection physical(Connection connection) {
        return ((Wrapped<?>) connection).unwrap(PostgresqlConnection.class);
    }

    /** Runs all statements of the work on this connection. */
    private <T> Mono<T> onlyOn(Connection connection, Mono<T> work) {
        return TransactionSynchronizationManager.forCurrentTransaction()
                .doOnNext(current -> {
                    var holder = new ConnectionHolder(connection);
                    holder.requested(); // until the transaction ends
                    current.bindResource(connections, holder);
                })
                .then(work)
                .contextWrite(TransactionContextManager.getOrCreateContext())
                .contextWrite(TransactionContextManager.getOrCreateContextHolder());
    }
}
