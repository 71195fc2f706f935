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

    /** It changes once, when it ends. */
    long version() {
        return status == Status.ACTIVE ? 1 : 2;
    }
}
