package io.multicloudboutique.client.food;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The stock of the first products of the inventory, or the reason why it is missing. Immutable.
 *
 * @param checked whether the inventory returned its products
 * @param inventoryItems the first 200 products of the inventory, ordered by id; empty if {@code checked} is false
 * @param message the reason why the products are missing; present if {@code checked} is false
 * @param timestamp the time at which the food service requested the products from the inventory
 */
public record InventoryCheck(
        boolean checked, List<StockedProduct> inventoryItems, Optional<String> message, Instant timestamp) {
    /** Copies the list, so that the record is immutable. */
    public InventoryCheck {
        inventoryItems = List.copyOf(inventoryItems);
    }
}
