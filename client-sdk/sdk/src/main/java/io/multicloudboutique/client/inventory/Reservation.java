package io.multicloudboutique.client.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A reservation of a cart. Immutable.
 *
 * @param reservationId the id
 * @param status whether the reservation holds stock and, if not, how it ended
 * @param lines the products and quantities of the reservation, one line per product, ordered by product id
 * @param reference the identifier that the creator of the reservation chose, such as an order id; empty if the
 *     reservation has none
 * @param createdAt the time at which the hold started
 * @param expiresAt the time at which the reservation expires, unless it is confirmed or cancelled earlier
 * @param etag the version, for the parameter {@code knownEtag}; empty in lists
 */
public record Reservation(
        UUID reservationId,
        ReservationStatus status,
        List<ReservationLine> lines,
        Optional<String> reference,
        Instant createdAt,
        Instant expiresAt,
        Optional<String> etag) {
    /** Copies the list, so that the record is immutable. */
    public Reservation {
        lines = List.copyOf(lines);
    }
}
