package io.multicloudboutique.accounting.ledger;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A filter for transactions. A null component matches every transaction.
 *
 * @param from the start of the date range, inclusive
 * @param to the end of the date range, exclusive
 */
record TransactionFilter(
        @Nullable String reference,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    private static final TransactionFilter NONE = new TransactionFilter(null, null, null);

    boolean admitsAll() {
        return equals(NONE);
    }
}
