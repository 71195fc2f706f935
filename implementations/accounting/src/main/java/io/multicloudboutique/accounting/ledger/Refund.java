package io.multicloudboutique.accounting.ledger;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A refund that a client requests.
 *
 * @param transactionId the id of the transaction to refund
 * @param amount the amount to refund, greater than zero; null refunds everything that is left
 * @param reference the caller's own identifier of the refund; null if there is none
 */
record Refund(
        long transactionId,
        @Nullable BigDecimal amount,
        @Nullable String reference) {}
