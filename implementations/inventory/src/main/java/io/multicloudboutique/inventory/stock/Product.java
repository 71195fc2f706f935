package io.multicloudboutique.inventory.stock;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A product and its stock.
 *
 * @param unassigned the quantity that the operation {@code reserve} has reserved, outside of any reservation
 * @param held the quantity that active reservations hold
 */
record Product(
        String productId,
        String name,
        long stockLevel,
        long unassigned,
        long held,
        long version,
        OffsetDateTime lastUpdated) {

    /** The fields of a new product. */
    record Draft(String productId, String name, long stockLevel) {}

    long reserved() {
        return unassigned + held;
    }

    long available() {
        return stockLevel - reserved();
    }

    /**
     * Applies a change, in which null keeps the current value. The result equals this product if nothing changes.
     *
     * @throws StockBelowReserved if the new stock level is lower than the reserved quantity
     */
    Product changed(@Nullable Long newStockLevel, @Nullable String newName) {
        var level = newStockLevel == null ? stockLevel : newStockLevel;
        if (level < reserved()) {
            throw new StockBelowReserved(this, level);
        }
        return new Product(productId, newName == null ? name : newName, level, unassigned, held, version, lastUpdated);
    }

    /** Removes this quantity from the stock and from what reservations hold. */
    Product withoutHeld(long quantity) {
        return new Product(productId, name, stockLevel - quantity, unassigned, held - quantity, version, lastUpdated);
    }

    /** Adds this quantity, which may be negative, to what reservations hold. */
    Product withHeld(long quantity) {
        return new Product(productId, name, stockLevel, unassigned, held + quantity, version, lastUpdated);
    }

    /** Adds this quantity, which may be negative, to what is reserved outside of reservations. */
    Product withUnassigned(long quantity) {
        return new Product(productId, name, stockLevel, unassigned + quantity, held, version, lastUpdated);
    }

    /** Returns the next version of this product. */
    Product nextVersion(OffsetDateTime now) {
        return new Product(productId, name, stockLevel, unassigned, held, version + 1, now);
    }
}
