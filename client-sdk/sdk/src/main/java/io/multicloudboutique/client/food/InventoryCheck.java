package io.multicloudboutique.client.food;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the inventory had in stock when the list was made.
 *
 * @param checked whether the inventory answered
 * @param inventoryItems its first 200 products by id; empty if it did not answer
 * @param message why there are no products; present if the inventory did not answer
 * @param timestamp when
 */
public record InventoryCheck(
        boolean checked, List<StockedProduct> inventoryItems, Optional<String> message, Instant timestamp) {
    /** Copies the lists. */
    public InventoryCheck {
        inventoryItems = List.copyOf(inventoryItems);
    }
}
