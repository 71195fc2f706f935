package io.multicloudboutique.client.food;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of food items. Immutable.
 *
 * @param items the food items of this page, ordered by id
 * @param inventoryCheck the stock of the first products of the inventory, or the reason why it is missing
 */
public record FoodPage(List<FoodItem> items, InventoryCheck inventoryCheck) implements Page<FoodItem> {
    /** Copies the list, so that the record is immutable. */
    public FoodPage {
        items = List.copyOf(items);
    }
}
