package io.multicloudboutique.food.menu;

import io.multicloudboutique.food.api.FoodItemChangeDto;
import io.multicloudboutique.food.api.FoodItemDraftDto;
import io.multicloudboutique.food.api.FoodItemDto;
import io.multicloudboutique.food.api.InventoryCheckDto;
import io.multicloudboutique.food.api.StockedProductDto;
import io.multicloudboutique.food.inventory.InventoryProduct;
import io.multicloudboutique.food.menu.FoodItem.Draft;
import io.multicloudboutique.support.upstream.UpstreamListClient;

/** Maps between domain records and the generated types of the contract. */
final class FoodMapping {

    private FoodMapping() {}

    static Draft draft(FoodItemDraftDto request) {
        return new Draft(
                request.getName(),
                request.getCategory(),
                request.getPrice(),
                request.getAvailable(),
                request.getProductId());
    }

    static Draft draft(FoodItemChangeDto request) {
        return new Draft(
                request.getName(),
                request.getCategory(),
                request.getPrice(),
                request.getAvailable(),
                request.getProductId());
    }

    static FoodItemDto toDto(FoodItem item) {
        return new FoodItemDto(item.id(), item.name(), item.category(), item.price(), item.available())
                .productId(item.productId());
    }

    static InventoryCheckDto toDto(UpstreamListClient.Answer<InventoryProduct> upstream) {
        var products = upstream.items().stream()
                .map(product -> new StockedProductDto(product.productId(), product.stockLevel(), product.available()))
                .toList();
        return new InventoryCheckDto(upstream.failure() == null, products, upstream.timestamp())
                .message(upstream.failure());
    }
}
