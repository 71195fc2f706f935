package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Something that was bought.
 *
 * @param reference the caller's own name for it; no other transaction has it
 */
record Transaction(
        long id,
        String item,
        BigDecimal price,
        LocalDate date,
        @Nullable String customer,
        @Nullable String reference,
        long version)
        implements Item {

    /** The fields of a transaction that people decide about; in a change, what is null stays. */
    record Draft(
            @Nullable String item,
            @Nullable BigDecimal price,
            @Nullable LocalDate date,
            @Nullable String customer,
            @Nullable String reference) {}

    /** What it becomes; an empty customer or reference removes it. Equal to this one if nothing changes. */
    Transaction changed(Draft change) {
        return new Transaction(
                id,
                Merge.value(item, change.item()),
                Merge.value(price, change.price()),
                Merge.value(date, change.date()),
                Merge.optional(customer, change.customer()),
                Merge.optional(reference, change.reference()),
                version);
    }
}
