package io.multicloudboutique.client.checkout;

import java.math.BigDecimal;

/** What is ordered, and how many of it: 1 to 1,000,000. */
public sealed interface OrderLine {

    /** How many. */
    int quantity();

    /** A dish of the food catalogue, for its price there. It is refused if it is not available. */
    static OrderLine food(long id, int quantity) {
        return new Food(id, quantity);
    }

    /** A piece of furniture of the catalogue, for its price there. */
    static OrderLine furniture(long id, int quantity) {
        return new Furniture(id, quantity);
    }

    /** A product of the inventory, which has no prices: for this price each, 0 or more with at most two decimals. */
    static OrderLine product(String productId, int quantity, BigDecimal price) {
        return new Product(productId, quantity, price);
    }

    /**
     * A dish of the food catalogue.
     *
     * @param id its id
     * @param quantity how many, 1 to 1,000,000
     */
    record Food(long id, int quantity) implements OrderLine {
        /** Checks the quantity. */
        public Food {
            requireQuantity(quantity);
        }
    }

    /**
     * A piece of furniture of the catalogue.
     *
     * @param id its id
     * @param quantity how many, 1 to 1,000,000
     */
    record Furniture(long id, int quantity) implements OrderLine {
        /** Checks the quantity. */
        public Furniture {
            requireQuantity(quantity);
        }
    }

    /**
     * A product of the inventory.
     *
     * @param productId its id
     * @param quantity how many, 1 to 1,000,000
     * @param price of one, in the shop's currency, 0 or more with at most two decimals
     */
    record Product(String productId, int quantity, BigDecimal price) implements OrderLine {
        /** Checks the quantity and the price. */
        public Product {
            requireQuantity(quantity);
            if (productId.isEmpty()) {
                throw new IllegalArgumentException("A product has an id.");
            }
            if (price.signum() < 0 || price.stripTrailingZeros().scale() > 2) {
                throw new IllegalArgumentException(
                        "A price is 0 or more and has at most two decimals, which " + price + " does not.");
            }
        }
    }

    private static void requireQuantity(int quantity) {
        if (quantity < 1 || quantity > Cart.MOST_OF_A_PRODUCT) {
            throw new IllegalArgumentException("A quantity is 1 to 1,000,000, which " + quantity + " is not.");
        }
    }
}
