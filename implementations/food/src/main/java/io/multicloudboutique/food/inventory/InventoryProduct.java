package io.multicloudboutique.food.inventory;

import java.util.regex.Pattern;

/** The fields of an inventory product that the food service reads, and no others. */
public record InventoryProduct(String productId, long stockLevel, long available) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** Refuses what this service could not pass on under its own contract. */
    public InventoryProduct {
        if (!ID.matcher(productId).matches() || stockLevel < 0 || available < 0 || available > stockLevel) {
            throw new IllegalArgumentException("Not a product of the inventory");
        }
    }
}
