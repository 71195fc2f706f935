package io.multicloudboutique.inventory.stock;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reservation of the stock for a cart.
 *
 * @param number the position in the order of creation; lists are sorted by it. 0 if the reservation is not stored yet
 * @param status the status; expired as soon as {@code expiresAt} has passed, even if the stock is not released yet
 * @param lines the reserved quantities by product id
 * @param fingerprint the caller's own fingerprint of the cart; null if there is none
 */
record Reservation(
        long number,
        UUID id,
        Status status,
        SortedMap<String, Long> lines,
        @Nullable String reference,
        @Nullable String fingerprint,
        OffsetDateTime createdAt,
        OffsetDateTime expiresAt) {

    enum Status {
        ACTIVE,
        CONFIRMED,
        CANCELLED,
        EXPIRED;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The version for the {@code ETag}, different for each status. The version is not a change counter, because a
     * reservation reads as expired without a change in the database, and may still turn out to have been confirmed in
     * time.
     */
    long version() {
        return 1L + status.ordinal();
    }

    Reservation withStatus(Status newStatus) {
        return new Reservation(number, id, newStatus, lines, reference, fingerprint, createdAt, expiresAt);
    }

    /** Returns this reservation as it reads at this time: an active reservation that is due reads as expired. */
    Reservation at(OffsetDateTime now) {
        return status == Status.ACTIVE && !expiresAt.isAfter(now) ? withStatus(Status.EXPIRED) : this;
    }
}
