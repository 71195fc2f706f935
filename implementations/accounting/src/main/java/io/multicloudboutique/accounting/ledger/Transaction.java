package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A purchase in the shop.
 *
 * @param reference the caller's own identifier, such as an order id, unique among all transactions; null if there is
 *     none
 * @param fingerprint the caller's own fingerprint of the cart, which changes keep; null if there is none
 */
record Transaction(
        long id,
        String item,
        BigDecimal price,
        LocalDate date,
        @Nullable String customer,
        @Nullable String reference,
        @Nullable String fingerprint,
        long version)
        implements Item {

    /** The fields of a transaction that clients can set. In a change, null keeps the current value. */
    record Draft(
            @Nullable String item,
            @Nullable BigDecimal price,
            @Nullable LocalDate date,
            @Nullable String customer,
            @Nullable String reference,
            @Nullable String fingerprint) {}

    /**
     * Applies a change. An empty customer or an empty reference removes the current value. The result equals this
     * transaction if nothing changes.
     */
    Transaction changed(Draft change) {
        return new Transaction(
                id,
                Merge.value(item, change.item()),
                Merge.value(price, change.price()),
                Merge.value(date, change.date()),
                Merge.optional(customer, change.customer()),
                Merge.optional(reference, change.reference()),
                fingerprint,
                version);
    }
}
