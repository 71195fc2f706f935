package io.multicloudboutique.client.internal.food;

import static io.multicloudboutique.client.internal.http.Wire.each;
import static io.multicloudboutique.client.internal.http.Wire.required;

import io.multicloudboutique.client.food.FoodItem;
import io.multicloudboutique.client.food.FoodItemChange;
import io.multicloudboutique.client.food.FoodItemDraft;
import io.multicloudboutique.client.food.FoodPage;
import io.multicloudboutique.client.food.InventoryCheck;
import io.multicloudboutique.client.food.StockedProduct;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps the generated types to the public types of the SDK, and back. */
final class FoodMapping {

    private FoodMapping() {}

    static FoodItem item(FoodItemDto wire, @Nullable String etag) {
        return new FoodItem(
                required(wire.getId(), "id"),
                required(wire.getName(), "name"),
                required(wire.getCategory(), "category"),
                required(wire.getPrice(), "price"),
                required(wire.getAvailable(), "available"),
                Optional.ofNullable(wire.getProductId()),
                Optional.ofNullable(etag));
    }

    static FoodItem item(DeletedFoodItemDto wire) {
        return item(required(wire.getItem(), "item"), null);
    }

    static FoodPage page(FoodListDto wire) {
        return new FoodPage(
                each(wire.getFoodItems(), "foodItems", item -> item(item, null)),
                check(required(wire.getInventoryCheck(), "inventoryCheck")));
    }

    private static InventoryCheck check(InventoryCheckDto wire) {
        return new InventoryCheck(
                required(wire.getChecked(), "checked"),
                each(wire.getInventoryItems(), "inventoryItems", FoodMapping::product),
                Optional.ofNullable(wire.getMessage()),
                required(wire.getTimestamp(), "timestamp"));
    }

    private static StockedProduct product(StockedProductDto wire) {
        return new StockedProduct(
                required(wire.getProductId(), "productId"),
                required(wire.getStockLevel(), "stockLevel"),
                required(wire.getAvailable(), "available"));
    }

    static FoodItemDraftDto wire(FoodItemDraft item) {
        var wire = new FoodItemDraftDto()
                .name(item.name())
                .category(item.category())
                .price(item.price())
                .productId(item.productId().orElse(null));
        // If this is not set, the default in the contract applies.
        item.available().ifPresent(wire::available);
        return wire;
    }

    static FoodItemChangeDto wire(FoodItemChange change) {
        return new FoodItemChangeDto()
                .name(change.name().orElse(null))
                .category(change.category().orElse(null))
                .price(change.price().orElse(null))
                .available(change.available().orElse(null))
                .productId(change.productId().orElse(null));
    }
}
