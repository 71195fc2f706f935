package io.multicloudboutique.client.checkout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody orders. Its id stands for it and for nothing else, for ever: it is what earlier runs are found by. Immutable.
 */
public final class Order {

    private static final Pattern ID = Pattern.compile("[!#-~]{1,100}");

    private static final Pattern CUSTOMER = Pattern.compile("[^\\x00-\\x1F\\x7F-\\x9F]{1,200}");

    private final String id;
    private final List<OrderLine> lines;
    private final @Nullable String customer;

    private Order(String id, List<OrderLine> lines, @Nullable String customer) {
        this.id = id;
        this.lines = lines;
        this.customer = customer;
    }

    /**
     * An order.
     *
     * @param id its id, 1 to 100 visible ASCII characters without {@code "}
     * @param lines what is ordered, at least one line; lines may name the same thing
     * @throws IllegalArgumentException if the id is not of that form, or there are no lines
     */
    public static Order of(String id, List<OrderLine> lines) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "An order id has 1 to 100 visible ASCII characters without \", which '" + id + "' has not.");
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("Order " + id + " has no lines.");
        }
        return new Order(id, List.copyOf(lines), null);
    }

    /** Like {@link #of(String, List)}. */
    public static Order of(String id, OrderLine... lines) {
        return of(id, List.of(lines));
    }

    /**
     * A copy with this {@code customer}: the customer's name, 1 to 200 characters without control characters.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public Order withCustomer(String customer) {
        if (!CUSTOMER.matcher(customer).matches()) {
            // Without the name: this message ends in a log.
            throw new IllegalArgumentException("A customer has 1 to 200 characters, none of them a control character.");
        }
        return new Order(id, lines, customer);
    }

    /** Its id. */
    public String id() {
        return id;
    }

    /** What is ordered. */
    public List<OrderLine> lines() {
        return lines;
    }

    /** The customer's name. Empty if it is not set. */
    public Optional<String> customer() {
        return Optional.ofNullable(customer);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Order that
                && id.equals(that.id)
                && lines.equals(that.lines)
                && Objects.equals(customer, that.customer);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, lines, customer);
    }

    @Override
    public String toString() {
        return "Order[id=" + id + ", lines=" + lines + ", customer=" + customer + "]";
    }
}
