package io.multicloudboutique.client.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a product's stock. All movements of a product add up to its levels.
 *
 * @param kind what happened
 * @param stockDelta by how much the stock level changed
 * @param reservedDelta by how much the reserved stock changed
 * @param reservationId the id of the reservation that moved it, if one did
 * @param timestamp when
 */
public record Movement(
        MovementKind kind, long stockDelta, long reservedDelta, Optional<String> reservationId, Instant timestamp) {}
