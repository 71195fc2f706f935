package io.multicloudboutique.inventory.stock;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a product's stock.
 *
 * @param stockDelta the change of the stock level
 * @param reservedDelta the change of the reserved quantity
 * @param reservationId the reservation that caused the change; null if none did
 * @param reason the reason for an adjustment by a difference; null for all other changes
 * @param reference the reference of an adjustment by a difference; null if there is none
 * @param caller the caller whose request caused the change; null if it had no credentials, and for expiries
 */
record Movement(
        long movementId,
        String kind,
        long stockDelta,
        long reservedDelta,
        @Nullable UUID reservationId,
        @Nullable String reason,
        @Nullable String reference,
        @Nullable String caller,
        OffsetDateTime timestamp) {}
