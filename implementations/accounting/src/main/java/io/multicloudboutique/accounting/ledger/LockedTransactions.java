package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.accounting.ledger.Transaction.Draft;
import io.multicloudboutique.support.problem.ProblemException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The locked transactions of a batch of refunds, as they are after the decisions so far. Collects what the batch has to
 * write. Not thread-safe.
 */
final class LockedTransactions {

    private final LocalDate today;
    private final Map<Long, Transaction> transactions = new HashMap<>();
    private final Set<String> references = new HashSet<>();
    private final Map<Long, Transaction> refundedTransactions = new LinkedHashMap<>();
    private final List<Draft> refunds = new ArrayList<>();

    /**
     * @param today the date of the refunds
     * @param locked the transactions to refund, and those that have a reference that a refund needs
     */
    LockedTransactions(LocalDate today, Collection<Transaction> locked) {
        this.today = today;
        for (var transaction : locked) {
            transactions.put(transaction.id(), transaction);
            if (transaction.reference() != null) {
                references.add(transaction.reference());
            }
        }
    }

    /**
     * Makes a refund, or throws a problem before it has changed anything. A reference that is taken comes before an amount
     * that is too high: it tells a client that its refund has been recorded already.
     */
    void make(Refund refund) {
        var original = transactions.get(refund.transactionId());
        if (original == null) {
            throw ProblemException.notFound("transaction", refund.transactionId());
        }
        var reference = refund.reference();
        if (reference != null && references.contains(reference)) {
            throw TransactionRepository.referenceTaken(reference, null);
        }
        var amount = refund.amount() == null ? original.refundable() : refund.amount();
        if (amount.signum() == 0 || amount.compareTo(original.refundable()) > 0) {
            throw new RefundExceedsRest(original, amount);
        }
        var refunded = original.withRefund(amount);
        transactions.put(refunded.id(), refunded);
        refundedTransactions.put(refunded.id(), refunded);
        refunds.add(original.refund(amount, today, reference));
        if (reference != null) {
            references.add(reference);
        }
    }

    Collection<Transaction> refundedTransactions() {
        return refundedTransactions.values();
    }

    List<Draft> refunds() {
        return refunds;
    }
}
