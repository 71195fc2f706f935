package io.multicloudboutique.inventory.stock;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One change of a product's stock. */
record Movement(
        long movementId,
        String kind,
        long stockDelta,
        long reservedDelta,
        @Nullable UUID reservationId,
        OffsetDateTime timestamp) {}
