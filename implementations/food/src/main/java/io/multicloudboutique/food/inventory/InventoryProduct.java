package io.multicloudboutique.food.inventory;

import java.util.regex.Pattern;

/** A product of the inventory, with only the fields that the food service reads. */
public record InventoryProduct(String productId, long stockLevel, long available) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * Rejects values that the food service's own contract does not allow in a response.
     *
     * @throws IllegalArgumentException if a value is invalid
     */
    public InventoryProduct {
        if (!ID.matcher(productId).matches() || stockLevel < 0 || available < 0 || available > stockLevel) {
            throw new IllegalArgumentException("The inventory returned an invalid product");
        }
    }
}
