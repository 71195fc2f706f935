package io.multicloudboutique.furniture.catalogue;

import io.multicloudboutique.support.items.Item;
import io.multicloudboutique.support.items.Merge;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A piece of furniture.
 *
 * @param productId the product of the inventory that it is stocked as
 */
record FurnitureItem(
        long id,
        String name,
        String category,
        BigDecimal price,
        @Nullable String productId,
        long version) implements Item {

    /** The fields of an item that people decide about; in a change, what is null stays. */
    record Draft(
            @Nullable String name,
            @Nullable String category,
            @Nullable BigDecimal price,
            @Nullable String productId) {}

    /** What it becomes; an empty product id removes it. Equal to this one if nothing changes. */
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
