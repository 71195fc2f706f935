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
 * @param returned the quantities that were returned to the stock, by product id; empty if nothing was
 * @param fingerprint the caller's own fingerprint of the cart; null if there is none
 * @param changes the number of changes since its creation, without the expiry
 */
record Reservation(
        long number,
        UUID id,
        Status status,
        SortedMap<String, Long> lines,
        SortedMap<String, Long> returned,
        @Nullable String reference,
        @Nullable String fingerprint,
        OffsetDateTime createdAt,
        OffsetDateTime expiresAt,
        long changes) {

    /** A line of a request: a product and its quantity. */
    record Line(String productId, long quantity) {}

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
     * The version for the {@code ETag}. Each change has one version, and so has the expiry after each change: a reservation
     * reads as expired without a change in the database, and may still turn out to have been confirmed or extended in
     * time.
     */
    long version() {
        return 1 + 2 * changes + (status == Status.EXPIRED ? 1 : 0);
    }

    /** Returns whether a change may move stock: the reservation can end, or its goods can be returned. */
    boolean canMoveStock() {
        return status == Status.ACTIVE || status == Status.CONFIRMED && returned.isEmpty();
    }

    /** Returns this reservation after it has ended with this status. */
    Reservation ended(Status outcome) {
        return changed(outcome, returned, expiresAt, outcome == Status.EXPIRED ? changes : changes + 1);
    }

    /** Returns this reservation with another expiry time. */
    Reservation extended(OffsetDateTime newExpiresAt) {
        return changed(status, returned, newExpiresAt, changes + 1);
    }

    /** Returns this reservation after these quantities were returned to the stock. */
    Reservation withReturned(SortedMap<String, Long> quantities) {
        return changed(status, quantities, expiresAt, changes + 1);
    }

    private Reservation changed(
            Status newStatus, SortedMap<String, Long> nowReturned, OffsetDateTime newExpiresAt, long newChanges) {
        return new Reservation(
                number, id, newStatus, lines, nowReturned, reference, fingerprint, createdAt, newExpiresAt, newChanges);
    }

    /** Returns this reservation as it reads at this time: an active reservation that is due reads as expired. */
    Reservation at(OffsetDateTime now) {
        return status == Status.ACTIVE && !expiresAt.isAfter(now) ? ended(Status.EXPIRED) : this;
    }
}
