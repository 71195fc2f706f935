package io.multicloudboutique.inventory.reservation;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reservation of the stock for a cart.
 *
 * @param number the position in the order of creation; lists are sorted by it
 * @param status the current status; expired as soon as {@code expiresAt} has passed, even if the stock is not released
 *     yet
 * @param lines the reserved quantities by product id
 */
record Reservation(
        long number,
        UUID id,
        Status status,
        SortedMap<String, Long> lines,
        @Nullable String reference,
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
}
