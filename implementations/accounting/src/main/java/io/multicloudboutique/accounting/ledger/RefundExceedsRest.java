package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.math.BigDecimal;

final class RefundExceedsRest extends ProblemException {

    RefundExceedsRest(Transaction transaction, BigDecimal amount) {
        super(ProblemCodeDto.REFUND_EXCEEDS_REST, detail(transaction, amount));
        with("refundable", transaction.refundable());
    }

    private static String detail(Transaction transaction, BigDecimal amount) {
        if (transaction.refundOf() != null) {
            return "Transaction " + transaction.id() + " is a refund, so it cannot be refunded. Refund transaction "
                    + transaction.refundOf() + " instead.";
        }
        if (transaction.price().signum() == 0) {
            return "The price of transaction " + transaction.id()
                    + " is 0, so there is nothing to refund. Change the price first if it is wrong.";
        }
        if (transaction.refundable().signum() == 0) {
            return "The whole price of transaction " + transaction.id()
                    + " is refunded already. Check whether the list of transactions has this refund.";
        }
        return "The request refunds " + text(amount) + " of transaction " + transaction.id() + ", but only "
                + text(transaction.refundable()) + " of its price is left. Refund at most that amount.";
    }

    private static String text(BigDecimal amount) {
        return amount.setScale(2).toPlainString();
    }
}
