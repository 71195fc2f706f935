package io.multicloudboutique.food.menu;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An item on the menu.
 *
 * @param productId the product of the inventory that it is stocked as
 */
record FoodItem(
        long id,
        String name,
        String category,
        BigDecimal price,
        boolean available,
        @Nullable String productId,
        long version) {

    /** The fields of an item that people decide about; in a change, what is null stays. */
    record Draft(
            @Nullable String name,
            @Nullable String category,
            @Nullable BigDecimal price,
            @Nullable Boolean available,
            @Nullable String productId) {}

    /** What it becomes; an empty product id removes it. Equal to this one if nothing changes. */
    FoodItem changed(Draft change) {
        return new FoodItem(
                id,
                change.name() == null ? name : change.name(),
                change.category() == null ? category : change.category(),
                change.price() == null || change.price().compareTo(price) == 0 ? price : change.price(),
                change.available() == null ? available : change.available(),
                change.productId() == null ? productId : change.productId().isEmpty() ? null : change.productId(),
                version);
    }
}
