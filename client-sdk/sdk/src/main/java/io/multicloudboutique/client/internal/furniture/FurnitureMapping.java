package io.multicloudboutique.client.internal.furniture;

import static io.multicloudboutique.client.internal.http.Wire.required;

import io.multicloudboutique.client.furniture.FurnitureItem;
import io.multicloudboutique.client.furniture.FurnitureItemChange;
import io.multicloudboutique.client.furniture.FurnitureItemDraft;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps the generated types to the public types of the SDK, and back. */
final class FurnitureMapping {

    private FurnitureMapping() {}

    static FurnitureItem item(FurnitureItemDto wire, @Nullable String etag) {
        return new FurnitureItem(
                required(wire.getId(), "id"),
                required(wire.getName(), "name"),
                required(wire.getCategory(), "category"),
                required(wire.getPrice(), "price"),
                Optional.ofNullable(wire.getProductId()),
                Optional.ofNullable(etag));
    }

    static FurnitureItem item(DeletedFurnitureItemDto wire) {
        return item(required(wire.getItem(), "item"), null);
    }

    static FurnitureItemDraftDto wire(FurnitureItemDraft item) {
        return new FurnitureItemDraftDto()
                .name(item.name())
                .category(item.category())
                .price(item.price())
                .productId(item.productId().orElse(null));
    }

    static FurnitureItemChangeDto wire(FurnitureItemChange change) {
        return new FurnitureItemChangeDto()
                .name(change.name().orElse(null))
                .category(change.category().orElse(null))
                .price(change.price().orElse(null))
                .productId(change.productId().orElse(null));
    }
}
