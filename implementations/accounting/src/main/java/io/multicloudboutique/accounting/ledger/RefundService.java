package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Decision.Accepted;
import io.multicloudboutique.support.idempotency.Decision.Refused;
import io.multicloudboutique.support.problem.ProblemException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Decides about refunds. */
@Service
class RefundService {

    private final TransactionRepository transactions;

    RefundService(TransactionRepository transactions) {
        this.transactions = transactions;
    }

    /**
     * Decides refunds one after the other and records the accepted ones, in the transaction of the caller.
     *
     * @param response returns the response to a recorded refund
     */
    Mono<List<Decision>> decide(List<Refund> refunds, Function<Transaction, ResponseEntity<?>> response) {
        return transactions.lock(refunds).flatMap(locked -> {
            var ledger = new LockedTransactions(LocalDate.now(ZoneOffset.UTC), locked);
            var refusals = new ArrayList<Optional<ProblemException>>(); // an element for each refund
            for (var refund : refunds) {
                try {
                    ledger.make(refund);
                    refusals.add(Optional.empty());
                } catch (ProblemException refusal) {
                    refusals.add(Optional.of(refusal));
                }
            }
            return transactions.write(ledger).map(recorded -> {
                var next = recorded.iterator();
                return refusals.stream()
                        .<Decision>map(refusal -> refusal.isPresent()
                                ? new Refused(refusal.get())
                                : new Accepted(response.apply(next.next())))
                        .toList();
            });
        });
    }
}
