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
 */
record Movement(
        long movementId,
        String kind,
        long stockDelta,
        long reservedDelta,
        @Nullable UUID reservationId,
        OffsetDateTime timestamp) {}
