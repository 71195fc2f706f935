package io.multicloudboutique.inventory.stock;

import java.util.Collection;
import java.util.UUID;

/**
 * Thrown instead of a shortage if due reservations hold stock that the change needs. The {@link StockLane} then expires
 * them together with the change. No client sees this exception.
 */
final class DueHolds extends RuntimeException {

    private final transient Collection<UUID> reservationIds;

    DueHolds(Collection<UUID> reservationIds) {
        super("Due reservations hold stock", null, false, false);
        this.reservationIds = reservationIds;
    }

    Collection<UUID> reservationIds() {
        return reservationIds;
    }
}
