package io.multicloudboutique.client.inventory;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A cart that is, or was, held.
 *
 * @param reservationId its id
 * @param status whether it holds stock, and if not, how it ended
 * @param lines what it holds, one line for each product, by product id
 * @param reference the caller's own name for it
 * @param createdAt since when it is held
 * @param expiresAt until when it is held, unless it is confirmed or cancelled before
 * @param etag its version, for {@code If-Match} and {@code If-None-Match}; empty in lists and in what was deleted
 */
public record Reservation(
        UUID reservationId,
        ReservationStatus status,
        List<ReservationLine> lines,
        Optional<String> reference,
        Instant createdAt,
        Instant expiresAt,
        Optional<String> etag) {
    /** Copies the lists. */
    public Reservation {
        lines = List.copyOf(lines);
    }
}
