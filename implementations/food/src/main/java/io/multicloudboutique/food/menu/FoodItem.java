package io.multicloudboutique.food.menu;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An item on the menu.
 *
 * @param productId the id of the item's product in the inventory; null if the item has none
 */
record FoodItem(
        long id,
        String name,
        String category,
        BigDecimal price,
        boolean available,
        @Nullable String productId,
        long version)
        implements Item {

    /** The fields of an item that clients can set. In a change, null keeps the current value. */
    record Draft(
            @Nullable String name,
            @Nullable String category,
            @Nullable BigDecimal price,
            @Nullable Boolean available,
            @Nullable String productId) {}

    /** Applies a change. An empty product id removes the current id. The result equals this item if nothing changes. */
    FoodItem changed(Draft change) {
        return new FoodItem(
                id,
                Merge.value(name, change.name()),
                Merge.value(category, change.category()),
                Merge.value(price, change.price()),
                Merge.value(available, change.available()),
                Merge.optional(productId, change.productId()),
                version);
    }
}
