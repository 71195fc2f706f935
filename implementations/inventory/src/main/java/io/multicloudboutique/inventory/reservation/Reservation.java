package io.multicloudboutique.inventory.reservation;

import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cart that is or was held.
 *
 * @param number its place among all reservations
 * @param status as it reads now: past its time it is expired, whether or not its stock has returned
 * @param lines quantities by product id
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

    /** Another one for each status, since a reservation that reads as expired may still have been confirmed in time. */
    long version() {
        return 1L + status.ordinal();
    }
}
