package io.multicloudboutique.food.inventory;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the inventory said. Immutable.
 *
 * @param products its first 200 products by id; empty if it did not answer
 * @param failure why it did not answer, for people; null if it did
 * @param timestamp when it was asked, UTC, to the millisecond
 */
public record InventoryAnswer(
        List<InventoryProduct> products, @Nullable String failure, OffsetDateTime timestamp) {}
