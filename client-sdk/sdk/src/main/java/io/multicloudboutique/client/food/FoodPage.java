package io.multicloudboutique.client.food;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of the food items.
 *
 * @param items the items of this page, by id
 * @param inventoryCheck what the inventory had in stock
 */
public record FoodPage(List<FoodItem> items, InventoryCheck inventoryCheck) implements Page<FoodItem> {
    /** Copies the lists. */
    public FoodPage {
        items = List.copyOf(items);
    }
}
