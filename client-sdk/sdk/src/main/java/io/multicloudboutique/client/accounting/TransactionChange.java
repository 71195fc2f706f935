package io.multicloudboutique.client.accounting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change to a transaction. Fields that are not set keep their values. Immutable. */
public final class TransactionChange {

    private final @Nullable String item;
    private final @Nullable BigDecimal price;
    private final @Nullable LocalDate date;
    private final @Nullable String customer;
    private final @Nullable String reference;

    private TransactionChange(
            @Nullable String item,
            @Nullable BigDecimal price,
            @Nullable LocalDate date,
            @Nullable String customer,
            @Nullable String reference) {
        this.item = item;
        this.price = price;
        this.date = date;
        this.customer = customer;
        this.reference = reference;
    }

    /** Returns a change that sets no field. */
    public static TransactionChange none() {
        return new TransactionChange(null, null, null, null, null);
    }

    /** Returns a copy that sets the description of the transaction, 1 to 200 characters. */
    public TransactionChange withItem(String item) {
        return new TransactionChange(Objects.requireNonNull(item, "item"), price, date, customer, reference);
    }

    /**
     * Returns a copy that sets the price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places.
     */
    public TransactionChange withPrice(BigDecimal price) {
        return new TransactionChange(item, Objects.requireNonNull(price, "price"), date, customer, reference);
    }

    /** Returns a copy that sets the date of the transaction. */
    public TransactionChange withDate(LocalDate date) {
        return new TransactionChange(item, price, Objects.requireNonNull(date, "date"), customer, reference);
    }

    /** Returns a copy that sets the customer's name, at most 200 characters; {@code ""} removes the name. */
    public TransactionChange withCustomer(String customer) {
        return new TransactionChange(item, price, date, Objects.requireNonNull(customer, "customer"), reference);
    }

    /** Returns a copy that sets the reference, at most 100 characters; {@code ""} removes the reference. */
    public TransactionChange withReference(String reference) {
        return new TransactionChange(item, price, date, customer, Objects.requireNonNull(reference, "reference"));
    }

    /** The new description of the transaction; empty if this change does not set it. */
    public Optional<String> item() {
        return Optional.ofNullable(item);
    }

    /** The new price; empty if this change does not set it. */
    public Optional<BigDecimal> price() {
        return Optional.ofNullable(price);
    }

    /** The new date of the transaction; empty if this change does not set it. */
    public Optional<LocalDate> date() {
        return Optional.ofNullable(date);
    }

    /** The new customer name, or {@code ""} to remove it; {@code Optional.empty()} if this change does not set it. */
    public Optional<String> customer() {
        return Optional.ofNullable(customer);
    }

    /** The new reference, or {@code ""} to remove it; {@code Optional.empty()} if this change does not set it. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransactionChange that
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
        return "TransactionChange[item=" + item + ", price=" + price + ", date=" + date + ", customer=" + customer
                + ", reference=" + reference + "]";
    }
}
