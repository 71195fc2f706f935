package io.multicloudboutique.accounting.ledger;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Which transactions are meant; what is null does not matter.
 *
 * @param from the first day
 * @param to the day after the last
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
