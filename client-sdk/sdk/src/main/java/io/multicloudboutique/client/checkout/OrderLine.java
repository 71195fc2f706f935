package io.multicloudboutique.client.checkout;

import java.math.BigDecimal;

/** A line of an order: an item and its quantity. Immutable. */
public sealed interface OrderLine {

    /** The quantity, 1 to 1,000,000. */
    int quantity();

    /**
     * Creates a line for a food item of the catalogue, at the catalogue's price. If the item is not available, the
     * order is rejected.
     *
     * @throws IllegalArgumentException if the quantity is not 1 to 1,000,000
     */
    static OrderLine food(long id, int quantity) {
        return new Food(id, quantity);
    }

    /**
     * Creates a line for a furniture item of the catalogue, at the catalogue's price.
     *
     * @throws IllegalArgumentException if the quantity is not 1 to 1,000,000
     */
    static OrderLine furniture(long id, int quantity) {
        return new Furniture(id, quantity);
    }

    /**
     * Creates a line for a product of the inventory. The inventory has no prices, so the caller provides the price of
     * one unit, in the shop's currency: 0 or more, with at most two decimal places.
     *
     * @throws IllegalArgumentException if the product id is empty, the quantity is not 1 to 1,000,000, or the price is
     *     not valid
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
        /** Checks the quantity. */
        public Food {
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
        /** Checks the quantity. */
        public Furniture {
            requireQuantity(quantity);
        }
    }

    /**
     * A line for a product of the inventory.
     *
     * @param productId the id of the product, not empty
     * @param quantity the quantity, 1 to 1,000,000
     * @param price the price of one unit in the shop's currency, 0 or more, with at most two decimal places
     */
    record Product(String productId, int quantity, BigDecimal price) implements OrderLine {
        /** Checks the id, the quantity and the price. */
        public Product {
            requireQuantity(quantity);
            if (productId.isEmpty()) {
                throw new IllegalArgumentException("A product id must not be empty.");
            }
            if (price.signum() < 0 || price.stripTrailingZeros().scale() > 2) {
                throw new IllegalArgumentException(
                        "A price must be 0 or more with at most two decimal places, but is " + price + ".");
            }
        }
    }

    private static void requireQuantity(int quantity) {
        if (quantity < 1 || quantity > Cart.MOST_OF_A_PRODUCT) {
            throw new IllegalArgumentException("A quantity must be 1 to 1,000,000, but is " + quantity + ".");
        }
    }
}
