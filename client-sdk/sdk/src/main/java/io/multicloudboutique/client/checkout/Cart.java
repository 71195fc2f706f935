package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.inventory.ReservationLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An order with the data from the catalogues and the inventory.
 *
 * @param stocked the products and quantities to hold, one line for each product, ordered by product id
 * @param total the sum of the prices
 * @param summary a description for people, with at most 200 characters
 */
record Cart(List<ReservationLine> stocked, BigDecimal total, String summary) {

    static final BigDecimal MOST = new BigDecimal("9999999.99");
    static final int MOST_OF_A_PRODUCT = 1_000_000;
    private static final int MOST_PRODUCTS = 50;
    private static final int LONGEST_SUMMARY = 200;

    /** Signals that an order cannot be placed in its current form. The message contains the reason. */
    static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    private record Priced(String name, BigDecimal price, Optional<String> productId) {}

    static Cart of(Order order, BoutiqueClient boutique) {
        var quantities = new TreeMap<String, Long>();
        var total = BigDecimal.ZERO;
        var names = new ArrayList<String>();
        for (var line : order.lines()) {
            var priced = priced(line, boutique);
            if (!isPrice(priced.price())) {
                throw new Refused("the price of " + priced.name() + ", " + priced.price() + ", is not an amount");
            }
            total = total.add(priced.price().multiply(BigDecimal.valueOf(line.quantity())));
            names.add(line.quantity() + " x " + priced.name());
            priced.productId().ifPresent(id -> quantities.merge(id, (long) line.quantity(), Long::sum));
        }
        if (total.compareTo(MOST) > 0) {
            throw new Refused("the total is " + total.toPlainString() + "; the limit is " + MOST.toPlainString());
        }
        if (quantities.size() > MOST_PRODUCTS) {
            throw new Refused("the order has " + quantities.size() + " products; the limit is " + MOST_PRODUCTS);
        }
        quantities.forEach((product, quantity) -> {
            if (quantity > MOST_OF_A_PRODUCT) {
                throw new Refused(quantity + " units of " + product + " exceed the limit of " + MOST_OF_A_PRODUCT);
            }
        });
        var stocked = quantities.entrySet().stream()
                .map(product ->
                        ReservationLine.of(product.getKey(), product.getValue().intValue()))
                .toList();
        return new Cart(stocked, total, shortened(String.join(", ", names)));
    }

    private static Priced priced(OrderLine line, BoutiqueClient boutique) {
        if (line instanceof OrderLine.Food food) {
            var item = boutique.food().getFoodItem(food.id());
            if (!item.available()) {
                throw new Refused(item.name() + " (food " + item.id() + ") is not available");
            }
            return new Priced(item.name(), item.price(), item.productId());
        }
        if (line instanceof OrderLine.Furniture furniture) {
            var item = boutique.furniture().getFurnitureItem(furniture.id());
            return new Priced(item.name(), item.price(), item.productId());
        }
        var product = (OrderLine.Product) line;
        var name = boutique.inventory().getProduct(product.productId()).name();
        return new Priced(name, product.price(), Optional.of(product.productId()));
    }

    /** Whether the contracts accept this price: 0 to {@link #MOST}, with at most two decimal places. */
    static boolean isPrice(BigDecimal price) {
        return price.signum() >= 0
                && price.compareTo(MOST) <= 0
                && price.stripTrailingZeros().scale() <= 2;
    }

    private static String shortened(String summary) {
        return summary.codePointCount(0, summary.length()) <= LONGEST_SUMMARY
                ? summary
                : summary.substring(0, summary.offsetByCodePoints(0, LONGEST_SUMMARY - 1)) + "…";
    }
}
