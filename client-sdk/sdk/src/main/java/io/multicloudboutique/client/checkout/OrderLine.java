package io.multicloudboutique.client.checkout;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;

/** A line of an order: an item and its quantity. Immutable. */
public sealed interface OrderLine {

    /** The quantity, 1 to 1,000,000. */
    int quantity();

    /**
     * Creates a line for a food item of the catalogue, at the catalogue's price. If the item is not available, the
     * order is rejected.
     *
     * @throws IllegalArgumentException if the id is not positive, or the quantity is not 1 to 1,000,000
     */
    static OrderLine food(long id, int quantity) {
        return new Food(id, quantity);
    }

    /**
     * Creates a line for a furniture item of the catalogue, at the catalogue's price.
     *
     * @throws IllegalArgumentException if the id is not positive, or the quantity is not 1 to 1,000,000
     */
    static OrderLine furniture(long id, int quantity) {
        return new Furniture(id, quantity);
    }

    /**
     * Creates a line for a product of the inventory. The inventory has no prices, so the caller provides the price of
     * one unit, in the shop's currency: 0 to 9,999,999.99, with at most two decimal places.
     *
     * @throws IllegalArgumentException if the product id does not have 1 to 64 letters, digits, {@code _} and
     *     {@code -}, the quantity is not 1 to 1,000,000, or the price is not valid
     */
    static OrderLine product(String productId, int quantity, BigDecimal price) {
        return new Product(productId, quantity, price);
    }

    /**
     * A line for a food item of the catalogue.
     *
     * @param id the id of the food item
     * @param quantity the quantity, 1 to 1,000,000
     */
    record Food(long id, int quantity) implements OrderLine {
        /** Checks the id and the quantity. */
        public Food {
            requireId(id);
            requireQuantity(quantity);
        }
    }

    /**
     * A line for a furniture item of the catalogue.
     *
     * @param id the id of the furniture item
     * @param quantity the quantity, 1 to 1,000,000
     */
    record Furniture(long id, int quantity) implements OrderLine {
        /** Checks the id and the quantity. */
        public Furniture {
            requireId(id);
            requireQuantity(quantity);
        }
    }

    /**
     * A line for a product of the inventory.
     *
     * @param productId the id of the product, 1 to 64 letters, digits, {@code _} and {@code -}
     * @param quantity the quantity, 1 to 1,000,000
     * @param price the price of one unit in the shop's currency, 0 to 9,999,999.99, with two decimal places
     */
    record Product(String productId, int quantity, BigDecimal price) implements OrderLine {

        private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

        /** Checks the id, the quantity and the price, and sets the scale of the price to 2. */
        public Product {
            if (!ID.matcher(Objects.requireNonNull(productId, "productId")).matches()) {
                throw new IllegalArgumentException(
                        "A product id must have 1 to 64 letters, digits, _ and -, but is '" + productId + "'.");
            }
            requireQuantity(quantity);
            if (!Cart.isPrice(Objects.requireNonNull(price, "price"))) {
                throw new IllegalArgumentException("A price must be 0 to " + Cart.MOST.toPlainString()
                        + " with at most two decimal places, but is " + price + ".");
            }
            // Some zeros have such a scale that a sum with them would fill the memory.
            price = price.stripTrailingZeros().setScale(2);
        }
    }

    private static void requireId(long id) {
        if (id < 1) {
            throw new IllegalArgumentException("An item id must be at least 1, but is " + id + ".");
        }
    }

    private static void requireQuantity(int quantity) {
        if (quantity < 1 || quantity > Cart.MOST_OF_A_PRODUCT) {
            throw new IllegalArgumentException("A quantity must be 1 to 1,000,000, but is " + quantity + ".");
        }
    }
}
