package io.multicloudboutique.accounting.ledger;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A purchase in the shop, or a refund of one.
 *
 * @param price the price; negative if this is a refund
 * @param reference the caller's own identifier, such as an order id, unique among all transactions; null if there is
 *     none
 * @param fingerprint the caller's own fingerprint of the cart, which changes keep; null if there is none
 * @param refunded the part of the price that refunds have paid back; zero if this is a refund
 * @param refundOf the id of the transaction that this one refunds; null if this is not a refund
 */
record Transaction(
        long id,
        String item,
        BigDecimal price,
        LocalDate date,
        @Nullable String customer,
        @Nullable String reference,
        @Nullable String fingerprint,
        BigDecimal refunded,
        @Nullable Long refundOf,
        long version)
        implements Item {

    /** The maximum length of an item, in code points. */
    private static final int ITEM_LENGTH = 200;

    /** The fields of a new transaction, or of a change. In a change, null keeps the current value. */
    record Draft(
            @Nullable String item,
            @Nullable BigDecimal price,
            @Nullable LocalDate date,
            @Nullable String customer,
            @Nullable String reference,
            @Nullable String fingerprint,
            @Nullable Long refundOf) {}

    /**
     * Applies a change. An empty customer or an empty reference removes the current value. The result equals this
     * transaction if nothing changes.
     *
     * @throws TransactionRefunded if the price would change although this transaction is a refund or has one
     */
    Transaction changed(Draft change) {
        var newPrice = Merge.value(price, change.price());
        if (!newPrice.equals(price)) {
            requireNoRefund();
        }
        return new Transaction(
                id,
                Merge.value(item, change.item()),
                newPrice,
                Merge.value(date, change.date()),
                Merge.optional(customer, change.customer()),
                Merge.optional(reference, change.reference()),
                fingerprint,
                refunded,
                refundOf,
                version);
    }

    /** Throws {@link TransactionRefunded} if this transaction is a refund or has one. */
    void requireNoRefund() {
        if (refundOf != null || refunded.signum() != 0) {
            throw new TransactionRefunded(this);
        }
    }

    /** Returns the part of the price that can still be refunded. It is zero if this is a refund. */
    BigDecimal refundable() {
        return refundOf == null ? price.subtract(refunded) : BigDecimal.ZERO;
    }

    /** Returns the next version of this transaction, of which this amount more is refunded. */
    Transaction withRefund(BigDecimal amount) {
        return new Transaction(
                id, item, price, date, customer, reference, fingerprint, refunded.add(amount), refundOf, version + 1);
    }

    /** Returns a refund of this amount. Its item is shortened if it would be too long. */
    Draft refund(BigDecimal amount, LocalDate date, @Nullable String reference) {
        var refundedItem = "Refund of " + item;
        if (refundedItem.codePointCount(0, refundedItem.length()) > ITEM_LENGTH) {
            refundedItem = refundedItem.substring(0, refundedItem.offsetByCodePoints(0, ITEM_LENGTH - 1)) + "…";
        }
        return new Draft(refundedItem, amount.negate(), date, customer, reference, null, id);
    }
}
