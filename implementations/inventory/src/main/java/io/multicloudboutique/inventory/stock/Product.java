package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.problem.ProblemException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A product and its stock.
 *
 * @param unassigned the quantity that the operation {@code reserve} has reserved, outside of any reservation
 * @param held the quantity that active reservations hold
 * @param archivedAt the time at which the product was archived; null if it is not archived
 */
record Product(
        String productId,
        String name,
        long stockLevel,
        long unassigned,
        long held,
        long version,
        OffsetDateTime lastUpdated,
        @Nullable OffsetDateTime archivedAt) {

    /** The highest stock level. */
    private static final long MAX_STOCK_LEVEL = 1_000_000_000;

    /** The fields of a new product, and the caller who adds it; null if the request has no credentials. */
    record Draft(
            String productId,
            String name,
            long stockLevel,
            @Nullable String caller) {}

    long reserved() {
        return unassigned + held;
    }

    long available() {
        return stockLevel - reserved();
    }

    boolean isArchived() {
        return archivedAt != null;
    }

    /**
     * Does nothing if the product can be reserved or held.
     *
     * @throws ProductArchived if it is archived
     */
    void requireNotArchived() {
        if (isArchived()) {
            throw new ProductArchived(this);
        }
    }

    /** Returns the shortage if less than this quantity is available. */
    Optional<Shortage> shortage(long requested) {
        return available() < requested
                ? Optional.of(new Shortage(productId, available(), requested))
                : Optional.empty();
    }

    /**
     * Does nothing if this difference can be added to the stock level. Fails with {@code validation-failed} if the level would
     * be too high.
     *
     * @param pointer the JSON pointer to the difference in the request
     */
    void requireRoom(long delta, String pointer) {
        if (stockLevel + delta > MAX_STOCK_LEVEL) {
            throw ProblemException.invalid(
                    pointer,
                    "must not raise the stock level of product \"" + productId + "\" above " + MAX_STOCK_LEVEL);
        }
    }

    /**
     * Applies a change, in which null keeps the current value. The result equals this product if nothing changes.
     *
     * @param newArchived true archives the product at this time, and false restores it
     * @throws StockBelowReserved if the new stock level is lower than the reserved quantity
     * @throws ProductReserved if the product cannot be archived because some of it is reserved
     */
    Product changed(
            @Nullable Long newStockLevel, @Nullable String newName, @Nullable Boolean newArchived, OffsetDateTime now) {
        var level = newStockLevel == null ? stockLevel : newStockLevel;
        if (level < reserved()) {
            throw new StockBelowReserved(this, level);
        }
        var archived = newArchived == null ? isArchived() : newArchived;
        if (archived && reserved() > 0) {
            throw new ProductReserved(this);
        }
        return new Product(
                productId,
                newName == null ? name : newName,
                level,
                unassigned,
                held,
                version,
                lastUpdated,
                archived == isArchived() ? archivedAt : archived ? now : null);
    }

    /** Adds this difference, which may be negative, to the stock level. */
    Product withStock(long delta) {
        return with(stockLevel + delta, unassigned, held);
    }

    /** Removes this quantity from the stock and from what reservations hold. */
    Product withoutHeld(long quantity) {
        return with(stockLevel - quantity, unassigned, held - quantity);
    }

    /** Adds this quantity, which may be negative, to what reservations hold. */
    Product withHeld(long quantity) {
        return with(stockLevel, unassigned, held + quantity);
    }

    /** Adds this quantity, which may be negative, to what is reserved outside of reservations. */
    Product withUnassigned(long quantity) {
        return with(stockLevel, unassigned + quantity, held);
    }

    private Product with(long newStockLevel, long newUnassigned, long newHeld) {
        return new Product(productId, name, newStockLevel, newUnassigned, newHeld, version, lastUpdated, archivedAt);
    }

    /** Returns the next version of this product. */
    Product nextVersion(OffsetDateTime now) {
        return new Product(productId, name, stockLevel, unassigned, held, version + 1, now, archivedAt);
    }
}
