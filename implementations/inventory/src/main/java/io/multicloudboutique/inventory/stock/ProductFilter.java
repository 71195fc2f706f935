package io.multicloudboutique.inventory.stock;

import org.jspecify.annotations.Nullable;

/**
 * A filter for products.
 *
 * @param words words of the name; null matches every name
 * @param availableBelow the quantity of which less must be available; null matches every quantity
 * @param archived whether archived products match instead of the others
 */
record ProductFilter(@Nullable String words, @Nullable Long availableBelow, boolean archived) {

    /** Returns whether only {@link #archived} decides about a product. */
    boolean admitsAll() {
        return words == null && availableBelow == null;
    }
}
