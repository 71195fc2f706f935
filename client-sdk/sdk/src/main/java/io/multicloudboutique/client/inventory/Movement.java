package io.multicloudboutique.client.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a product's stock. The movements of a product add up to its stock level and its reserved quantity.
 * Immutable.
 *
 * @param kind the kind of change
 * @param stockDelta the change of the stock level
 * @param reservedDelta the change of the reserved quantity
 * @param reservationId the id of the reservation that caused the movement; empty if no reservation did
 * @param timestamp the time of the change
 */
public record Movement(
        MovementKind kind, long stockDelta, long reservedDelta, Optional<String> reservationId, Instant timestamp) {}
