package io.multicloudboutique.furniture.catalogue;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An item of the furniture catalogue.
 *
 * @param productId the id of the item's product in the inventory; null if the item has none
 */
record FurnitureItem(
        long id,
        String name,
        String category,
        BigDecimal price,
        @Nullable String productId,
        long version) implements Item {

    /** The fields of an item that clients can set. In a change, null keeps the current value. */
    record Draft(
            @Nullable String name,
            @Nullable String category,
            @Nullable BigDecimal price,
            @Nullable String productId) {}

    /** Applies a change. An empty product id removes the current id. The result equals this item if nothing changes. */
    FurnitureItem changed(Draft change) {
        return new FurnitureItem(
                id,
                Merge.value(name, change.name()),
                Merge.value(category, change.category()),
                Merge.value(price, change.price()),
                Merge.optional(productId, change.productId()),
                version);
    }
}
