package io.multicloudboutique.support.database;

import java.time.Duration;
import org.springframework.transaction.reactive.TransactionalOperator;
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

    private final TransactionalOperator operator;

    Transactions(TransactionalOperator operator) {
        this.operator = operator;
    }

    /**
     * Runs the work in a transaction: either all of its changes are committed or none.
     *
     * @param work the database work; must not have effects outside the database, because every retry subscribes to it
     *     again
     * @return the result of the work, or the error of the last attempt
     */
    public <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (context.hasKey(Transactions.class)) {
                return work;
            }
            var transaction = work.as(operator::transactional)
                    .retryWhen(ON_CONFLICT)
                    .contextWrite(Context.of(context).put(Transactions.class, true));
            return Mono.fromFuture(transaction.toFuture(), true); // true: a cancellation does not reach the transaction
        });
    }
}
