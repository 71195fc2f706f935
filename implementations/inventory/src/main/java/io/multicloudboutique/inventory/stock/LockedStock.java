package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.stock.Reservation.Status;
import io.multicloudboutique.support.problem.ProblemException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The locked rows of a batch of changes, as they are after the decisions so far. Collects what the batch has to write.
 * Not thread-safe.
 */
final class LockedStock {

    /** A movement that the batch has to write. */
    record NewMovement(
            String productId,
            String kind,
            long stockDelta,
            long reservedDelta,
            @Nullable UUID reservationId,
            @Nullable String reason,
            @Nullable String reference,
            @Nullable String caller) {}

    private final OffsetDateTime now;
    private final Map<String, Product> products = new HashMap<>();
    private final Map<UUID, Reservation> reservations = new HashMap<>();
    private final Map<String, Product> changedProducts = new LinkedHashMap<>();
    private final Map<UUID, Reservation> changedReservations = new LinkedHashMap<>();
    private final List<Reservation> newReservations = new ArrayList<>();
    private final List<NewMovement> movements = new ArrayList<>();
    private @Nullable String caller;
    private int listed;

    /**
     * @param now the time of everything that the batch writes. No locked row has a later time, so that the times of a
     *     product agree with the order of its changes
     */
    LockedStock(OffsetDateTime now, Collection<Product> products, Collection<Reservation> reservations) {
        this.now = now;
        products.forEach(product -> this.products.put(product.productId(), product));
        reservations.forEach(reservation -> this.reservations.put(reservation.id(), reservation));
    }

    /**
     * Returns a product.
     *
     * @throws ProblemException if it does not exist
     */
    Product product(String productId) {
        var product = products.get(productId);
        if (product == null) {
            throw ProblemException.notFound("product", productId);
        }
        return product;
    }

    /** Sets the caller of the following changes; null if there is none. */
    void setCaller(@Nullable String caller) {
        this.caller = caller;
    }

    /**
     * Replaces a product, and records the movement.
     *
     * @param after the product with its new quantities; this method sets its version and its time
     * @return the product as the batch stores it
     */
    Product change(Product after, String kind, @Nullable UUID reservationId) {
        return change(after, kind, reservationId, null, null);
    }

    /** Replaces a product whose stock level is adjusted, and records the movement. */
    Product adjust(Product after, String reason, @Nullable String reference) {
        return change(after, "adjustment", null, reason, reference);
    }

    private Product change(
            Product after,
            String kind,
            @Nullable UUID reservationId,
            @Nullable String reason,
            @Nullable String reference) {
        var before = product(after.productId());
        var stored = after.nextVersion(now);
        products.put(stored.productId(), stored);
        changedProducts.put(stored.productId(), stored);
        var stockDelta = after.stockLevel() - before.stockLevel();
        var reservedDelta = after.reserved() - before.reserved();
        if (stockDelta != 0 || reservedDelta != 0) {
            // No caller has asked for an expiry, although a request that needs the stock may cause it.
            var causer = kind.equals("expire") ? null : caller;
            movements.add(new NewMovement(
                    stored.productId(), kind, stockDelta, reservedDelta, reservationId, reason, reference, causer));
        }
        listed += (before.isArchived() ? 1 : 0) - (stored.isArchived() ? 1 : 0);
        return stored;
    }

    /**
     * Returns a reservation with its current status, which is expired if it is due.
     *
     * @throws ProblemException if it does not exist
     */
    Reservation reservation(UUID id) {
        var reservation = reservations.get(id);
        if (reservation == null) {
            throw ProblemException.notFound("reservation", id);
        }
        return reservation.at(now);
    }

    /** Returns the active, due or confirmed reservation with this reference. */
    Optional<Reservation> reservationOf(String reference) {
        return reservations.values().stream()
                .filter(reservation -> reference.equals(reservation.reference()))
                .filter(reservation ->
                        reservation.status() == Status.ACTIVE || reservation.status() == Status.CONFIRMED)
                .findFirst();
    }

    /** Creates a reservation, and holds the stock for its lines. The caller must have checked the quantities. */
    Reservation hold(
            SortedMap<String, Long> lines,
            Duration timeToLive,
            @Nullable String reference,
            @Nullable String fingerprint) {
        var reservation = new Reservation(
                0,
                UUID.randomUUID(),
                Status.ACTIVE,
                lines,
                Collections.emptySortedMap(),
                reference,
                fingerprint,
                now,
                now.plus(timeToLive),
                0);
        reservations.put(reservation.id(), reservation);
        newReservations.add(reservation);
        lines.forEach((productId, quantity) -> change(product(productId).withHeld(quantity), "hold", reservation.id()));
        return reservation;
    }

    /**
     * Expires the reservations that are due and still active, and releases the stock that they hold.
     *
     * @return the number of expired reservations
     */
    int expire(Collection<UUID> ids) {
        var due = ids.stream()
                .map(reservations::get)
                .filter(reservation -> reservation != null
                        && reservation.status() == Status.ACTIVE
                        && reservation.at(now).status() == Status.EXPIRED)
                .toList();
        due.forEach(reservation -> end(reservation, Status.EXPIRED));
        return due.size();
    }

    /** Ends an active reservation. Confirming takes the held quantities from the stock; all else releases them. */
    Reservation end(Reservation reservation, Status outcome) {
        var ended = store(reservation.ended(outcome));
        var kind = switch (outcome) {
            case CONFIRMED -> "confirm";
            case CANCELLED -> "cancel";
            case EXPIRED -> "expire";
            case ACTIVE -> throw new IllegalArgumentException("A reservation cannot become active again");
        };
        ended.lines().forEach((productId, quantity) -> {
            var product = product(productId);
            change(
                    outcome == Status.CONFIRMED ? product.withoutHeld(quantity) : product.withHeld(-quantity),
                    kind,
                    ended.id());
        });
        return ended;
    }

    /** Lets an active reservation expire at another time. */
    Reservation extend(Reservation reservation, OffsetDateTime expiresAt) {
        return store(reservation.extended(expiresAt));
    }

    /** Returns goods of a confirmed reservation to the stock. The caller must have checked the quantities. */
    Reservation returnGoods(Reservation reservation, SortedMap<String, Long> quantities) {
        quantities.forEach(
                (productId, quantity) -> change(product(productId).withStock(quantity), "return", reservation.id()));
        return store(reservation.withReturned(quantities));
    }

    private Reservation store(Reservation changed) {
        reservations.put(changed.id(), changed);
        changedReservations.put(changed.id(), changed);
        return changed;
    }

    OffsetDateTime now() {
        return now;
    }

    Collection<Product> changedProducts() {
        return changedProducts.values();
    }

    /** Returns the change in the number of products that are not archived. */
    int listed() {
        return listed;
    }

    List<NewMovement> movements() {
        return movements;
    }

    List<Reservation> newReservations() {
        return newReservations;
    }

    Collection<Reservation> changedReservations() {
        return changedReservations.values();
    }
}
