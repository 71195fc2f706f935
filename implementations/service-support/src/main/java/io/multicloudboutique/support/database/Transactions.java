package io.multicloudboutique.support.database;

import java.time.Duration;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Runs database work in a transaction, and again when it lost against another one (a deadlock or a serialization failure,
 * which distributed databases report more often). Work inside of work joins it; then the outermost is what runs again.
 * Thread-safe.
 */
public final class Transactions {

    private static final Retry AGAIN = Retry.backoff(4, Duration.ofMillis(5))
            .maxBackoff(Duration.ofMillis(100))
            .jitter(0.75)
            .filter(SqlStates::lostAgainstAnother)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final TransactionalOperator operator;

    Transactions(TransactionalOperator operator) {
        this.operator = operator;
    }

    /**
     * Runs the work, all of it or nothing.
     *
     * @param work may be subscribed to several times, so its effects are on the database alone
     */
    public <T> Mono<T> run(Mono<T> work) {
        return Mono.deferContextual(context -> {
            if (context.hasKey(Transactions.class)) {
                return work;
            }
            return work.as(operator::transactional)
                    .retryWhen(AGAIN)
                    .contextWrite(outermost -> outermost.put(Transactions.class, true));
        });
    }
}
