package io.multicloudboutique.food.menu;

import io.multicloudboutique.food.api.FoodItemChange;
import io.multicloudboutique.food.api.InventoryCheck;
import io.multicloudboutique.food.api.NewFoodItem;
import io.multicloudboutique.food.api.StockedProduct;
import io.multicloudboutique.food.inventory.InventoryProduct;
import io.multicloudboutique.food.menu.FoodItem.Draft;
import io.multicloudboutique.support.neighbour.Neighbour;

/** Between the domain and the contract. */
final class FoodMapping {

    private FoodMapping() {}

    static Draft draft(NewFoodItem request) {
        return new Draft(
                request.getName(),
                request.getCategory(),
                request.getPrice(),
                request.getAvailable(),
                request.getProductId());
    }

    static Draft draft(FoodItemChange request) {
        return new Draft(
                request.getName(),
                request.getCategory(),
                request.getPrice(),
                request.getAvailable(),
                request.getProductId());
    }

    static io.multicloudboutique.food.api.FoodItem toApi(FoodItem item) {
        return new io.multicloudboutique.food.api.FoodItem(
                        item.id(), item.name(), item.category(), item.price(), item.available())
                .productId(item.productId());
    }

    static InventoryCheck toApi(Neighbour.Answer<InventoryProduct> answer) {
        var products = answer.items().stream()
                .map(product -> new StockedProduct(product.productId(), product.stockLevel(), product.available()))
                .toList();
        return new InventoryCheck(answer.failure() == null, products, answer.timestamp()).message(answer.failure());
    }
}
