package io.multicloudboutique.client.accounting;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A transaction to record. Immutable.
 */
public final class NewTransaction {

    private final String item;
    private final BigDecimal price;
    private final LocalDate date;
    private final @Nullable String customer;
    private final @Nullable String reference;

    private NewTransaction(
            String item, BigDecimal price, LocalDate date, @Nullable String customer, @Nullable String reference) {
        this.item = Objects.requireNonNull(item, "item");
        this.price = Objects.requireNonNull(price, "price");
        this.date = Objects.requireNonNull(date, "date");
        this.customer = customer;
        this.reference = reference;
    }

    /** A transaction with what is needed. */
    public static NewTransaction of(String item, BigDecimal price, LocalDate date) {
        return new NewTransaction(item, price, date, null, null);
    }

    /** A copy with this {@code customer}: the customer's name. */
    public NewTransaction withCustomer(String customer) {
        return new NewTransaction(item, price, date, Objects.requireNonNull(customer, "customer"), reference);
    }

    /**
     * A copy with this {@code reference}: your own name for it, an order id for example. Only one transaction can have
     * it.
     */
    public NewTransaction withReference(String reference) {
        return new NewTransaction(item, price, date, customer, Objects.requireNonNull(reference, "reference"));
    }

    /** What it is about, 1 to 200 characters. */
    public String item() {
        return item;
    }

    /** The price, 0 to 9,999,999.99, with at most two decimals. */
    public BigDecimal price() {
        return price;
    }

    /** The day. */
    public LocalDate date() {
        return date;
    }

    /** The customer's name. Empty if it is not set. */
    public Optional<String> customer() {
        return Optional.ofNullable(customer);
    }

    /** Your own name for it, an order id for example. Only one transaction can have it. Empty if it is not set. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewTransaction that
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
        return "NewTransaction[item=" + item + ", price=" + price + ", date=" + date + ", customer=" + customer
                + ", reference=" + reference + "]";
    }
}
