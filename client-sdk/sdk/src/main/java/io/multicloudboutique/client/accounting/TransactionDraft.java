package io.multicloudboutique.client.accounting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction to record. Immutable.
 */
public final class TransactionDraft {

    private final String item;
    private final BigDecimal price;
    private final LocalDate date;
    private final @Nullable String customer;
    private final @Nullable String reference;

    private TransactionDraft(
            String item, BigDecimal price, LocalDate date, @Nullable String customer, @Nullable String reference) {
        this.item = Objects.requireNonNull(item, "item");
        this.price = Objects.requireNonNull(price, "price");
        this.date = Objects.requireNonNull(date, "date");
        this.customer = customer;
        this.reference = reference;
    }

    /**
     * Creates a transaction with the required fields.
     *
     * @param item the description of the transaction, 1 to 200 characters
     * @param price the price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places
     * @param date the date of the transaction
     */
    public static TransactionDraft of(String item, BigDecimal price, LocalDate date) {
        return new TransactionDraft(item, price, date, null, null);
    }

    /** Returns a copy with the given customer name, 1 to 200 characters. */
    public TransactionDraft withCustomer(String customer) {
        return new TransactionDraft(item, price, date, Objects.requireNonNull(customer, "customer"), reference);
    }

    /**
     * Returns a copy with the given reference: your own identifier, such as an order id, 1 to 100 characters. Only one
     * transaction can have a given reference.
     */
    public TransactionDraft withReference(String reference) {
        return new TransactionDraft(item, price, date, customer, Objects.requireNonNull(reference, "reference"));
    }

    /** The description of the transaction, 1 to 200 characters. */
    public String item() {
        return item;
    }

    /** The price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places. */
    public BigDecimal price() {
        return price;
    }

    /** The date of the transaction. */
    public LocalDate date() {
        return date;
    }

    /** The customer's name; empty if it is not set. */
    public Optional<String> customer() {
        return Optional.ofNullable(customer);
    }

    /**
     * Your own identifier, such as an order id; empty if it is not set. Only one transaction can have a given
     * reference.
     */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransactionDraft that
                && Objects.equals(item, that.item)
                && Objects.equals(price, that.price)
                && Objects.equals(date, that.date)
                && Objects.equals(customer, that.customer)
                && Objects.equals(reference, that.reference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(item, price, date, customer, reference);
    }

    @Override
    public String toString() {
        return "TransactionDraft[item=" + item + ", price=" + price + ", date=" + date + ", customer=" + customer
                + ", reference=" + reference + "]";
    }
}
