package io.multicloudboutique.furniture.catalogue;

import io.multicloudboutique.furniture.api.FurnitureItemChangeDto;
import io.multicloudboutique.furniture.api.FurnitureItemDraftDto;
import io.multicloudboutique.furniture.api.FurnitureItemDto;
import io.multicloudboutique.furniture.catalogue.FurnitureItem.Draft;

/** Maps between domain records and the generated types of the contract. */
final class FurnitureMapping {

    private FurnitureMapping() {}

    static Draft draft(FurnitureItemDraftDto request) {
        return new Draft(request.getName(), request.getCategory(), request.getPrice(), request.getProductId());
    }

    static Draft draft(FurnitureItemChangeDto request) {
        return new Draft(request.getName(), request.getCategory(), request.getPrice(), request.getProductId());
    }

    static FurnitureItemDto toDto(FurnitureItem item) {
        return new FurnitureItemDto(item.id(), item.name(), item.category(), item.price()).productId(item.productId());
    }
}
