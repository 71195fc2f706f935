package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class TransactionRefunded extends ProblemException {

    TransactionRefunded(Transaction transaction) {
        super(
                ProblemCodeDto.TRANSACTION_REFUNDED,
                "Transaction " + transaction.id() + (transaction.refundOf() == null ? " has" : " is")
                        + " a refund, so it cannot be deleted, and its price cannot change."
                        + " Record another transaction to correct the amount.");
    }
}
