package io.multicloudboutique.client.checkout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An order to be placed. Never use the id of an order for another order, even much later: the checkout finds the
 * earlier runs of an order by its id, and refuses another cart with an {@link OrderIdReusedException}. Immutable.
 */
public final class Order {

    private static final int LONGEST_ID = 100;
    private static final Pattern ID = Pattern.compile("[!#-~]{1," + LONGEST_ID + "}");

    /** At least one character is visible, and none is a control character, as in the accounting contract. */
    private static final Pattern CUSTOMER =
            Pattern.compile("(?=.{1,200}$)[ \\xA0]*[^\\x00-\\x20\\x7F-\\xA0][^\\x00-\\x1F\\x7F-\\x9F]*");

    private final String id;
    private final List<OrderLine> lines;
    private final @Nullable String customer;

    private Order(String id, List<OrderLine> lines, @Nullable String customer) {
        this.id = id;
        this.lines = lines;
        this.customer = customer;
    }

    /**
     * Creates an order.
     *
     * @param id the order id, 1 to 100 visible ASCII characters without {@code "}
     * @param lines the ordered items, at least one line; several lines may refer to the same item
     * @throws IllegalArgumentException if the id does not have this form, or if there are no lines
     */
    public static Order of(String id, List<OrderLine> lines) {
        if (!ID.matcher(Objects.requireNonNull(id, "id")).matches()) {
            throw new IllegalArgumentException(
                    "An order id must have 1 to 100 visible ASCII characters without \", but "
                            + (id.length() > LONGEST_ID ? "has " + id.length() + " characters." : "is '" + id + "'."));
        }
        if (Objects.requireNonNull(lines, "lines").isEmpty()) {
            throw new IllegalArgumentException("Order " + id + " has no lines.");
        }
        lines.forEach(line -> Objects.requireNonNull(line, "line"));
        return new Order(id, List.copyOf(lines), null);
    }

    /** Like {@link #of(String, List)}. */
    public static Order of(String id, OrderLine... lines) {
        return of(id, Arrays.asList(lines));
    }

    /**
     * Returns a copy with the given customer name: 1 to 200 characters, at least one of them visible, and no control
     * characters.
     *
     * @throws IllegalArgumentException if the name does not have this form
     */
    public Order withCustomer(String customer) {
        if (!CUSTOMER.matcher(Objects.requireNonNull(customer, "customer")).matches()) {
            // The message is likely to be logged, so it does not contain the name.
            throw new IllegalArgumentException("A customer name must have 1 to 200 characters, at least one of them"
                    + " visible, and no control characters.");
        }
        return new Order(id, lines, customer);
    }

    /** The order id. */
    public String id() {
        return id;
    }

    /** The ordered items. */
    public List<OrderLine> lines() {
        return lines;
    }

    /** The customer's name; empty if it is not set. */
    public Optional<String> customer() {
        return Optional.ofNullable(customer);
    }

    /**
     * The fingerprint of the cart: a hash of the quantities of the ordered items, with the prices that the order states. It
     * contains neither the customer nor anything from the catalogues, which may change. The services store it with the hold
     * and the transaction. Do not change the algorithm, because orders of earlier versions could not be placed again.
     */
    String fingerprint() {
        var quantities = new TreeMap<String, Long>();
        lines.forEach(line -> quantities.merge(key(line), (long) line.quantity(), Long::sum));
        try {
            var hash = MessageDigest.getInstance("SHA-256")
                    .digest(quantities.toString().getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static String key(OrderLine line) {
        if (line instanceof OrderLine.Food food) {
            return "food " + food.id();
        }
        if (line instanceof OrderLine.Furniture furniture) {
            return "furniture " + furniture.id();
        }
        var product = (OrderLine.Product) line;
        return "product " + product.productId() + " at "
                + product.price().setScale(2).toPlainString();
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
