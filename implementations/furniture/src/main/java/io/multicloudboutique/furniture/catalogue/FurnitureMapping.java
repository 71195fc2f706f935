package io.multicloudboutique.furniture.catalogue;

import io.multicloudboutique.furniture.api.FurnitureItemChange;
import io.multicloudboutique.furniture.api.NewFurnitureItem;
import io.multicloudboutique.furniture.catalogue.FurnitureItem.Draft;

/** Between the domain and the contract. */
final class FurnitureMapping {

    private FurnitureMapping() {}

    static Draft draft(NewFurnitureItem request) {
        return new Draft(request.getName(), request.getCategory(), request.getPrice(), request.getProductId());
    }

    static Draft draft(FurnitureItemChange request) {
        return new Draft(request.getName(), request.getCategory(), request.getPrice(), request.getProductId());
    }

    static io.multicloudboutique.furniture.api.FurnitureItem toApi(FurnitureItem item) {
        return new io.multicloudboutique.furniture.api.FurnitureItem(
                        item.id(), item.name(), item.category(), item.price())
                .productId(item.productId());
    }
}
