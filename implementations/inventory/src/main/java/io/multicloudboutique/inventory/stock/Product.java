package io.multicloudboutique.inventory.stock;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A product and its stock.
 *
 * @param loose reserved without an owner, by {@code reserve}
 * @param held reserved by carts
 */
record Product(
        String productId,
        String name,
        long stockLevel,
        long unassigned,
        long held,
        long version,
        OffsetDateTime lastUpdated) {

    long reserved() {
        return unassigned + held;
    }

    long available() {
        return stockLevel - reserved();
    }

    /** What it becomes; what is null stays. Equal to this one if nothing changes. */
    Product changed(@Nullable Long newStockLevel, @Nullable String newName) {
        var level = newStockLevel == null ? stockLevel : newStockLevel;
        if (level < reserved()) {
            throw new StockBelowReserved(this, level);
        }
        return new Product(productId, newName == null ? name : newName, level, unassigned, held, version, lastUpdated);
    }
}
