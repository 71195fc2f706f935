package io.multicloudboutique.food.menu;

import io.multicloudboutique.food.api.FoodItemChangeDto;
import io.multicloudboutique.food.api.FoodItemDto;
import io.multicloudboutique.food.api.InventoryCheckDto;
import io.multicloudboutique.food.api.NewFoodItemDto;
import io.multicloudboutique.food.api.StockedProductDto;
import io.multicloudboutique.food.inventory.InventoryProduct;
import io.multicloudboutique.food.menu.FoodItem.Draft;
import io.multicloudboutique.support.upstream.UpstreamListClient;

/** Between the domain and the contract. */
final class FoodMapping {

    private FoodMapping() {}

    static Draft draft(NewFoodItemDto request) {
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

    static InventoryCheckDto toDto(UpstreamListClient.Answer<InventoryProduct> answer) {
        var products = answer.items().stream()
                .map(product -> new StockedProductDto(product.productId(), product.stockLevel(), product.available()))
                .toList();
        return new InventoryCheckDto(answer.failure() == null, products, answer.timestamp()).message(answer.failure());
    }
}
