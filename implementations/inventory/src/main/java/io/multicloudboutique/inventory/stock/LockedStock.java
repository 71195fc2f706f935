package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.stock.Reservation.Status;
import io.multicloudboutique.support.problem.ProblemException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
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
            @Nullable UUID reservationId) {}

    private final OffsetDateTime now;
    private final Map<String, Product> products = new HashMap<>();
    private final Map<UUID, Reservation> reservations = new HashMap<>();
    private final Map<String, Product> changedProducts = new LinkedHashMap<>();
    private final Map<UUID, Reservation> endedReservations = new LinkedHashMap<>();
    private final List<Reservation> newReservations = new ArrayList<>();
    private final List<NewMovement> movements = new ArrayList<>();

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

    /**
     * Replaces a product, and records the movement.
     *
     * @param after the product with its new quantities; this method sets its version and its time
     * @return the product as the batch stores it
     */
    Product change(Product after, String kind, @Nullable UUID reservationId) {
        var before = product(after.productId());
        var stored = after.nextVersion(now);
        products.put(stored.productId(), stored);
        changedProducts.put(stored.productId(), stored);
        var stockDelta = after.stockLevel() - before.stockLevel();
        var reservedDelta = after.reserved() - before.reserved();
        if (stockDelta != 0 || reservedDelta != 0) {
            movements.add(new NewMovement(stored.productId(), kind, stockDelta, reservedDelta, reservationId));
        }
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
                0, UUID.randomUUID(), Status.ACTIVE, lines, reference, fingerprint, now, now.plus(timeToLive));
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
        var ended = reservation.withStatus(outcome);
        reservations.put(ended.id(), ended);
        endedReservations.put(ended.id(), ended);
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

    OffsetDateTime now() {
        return now;
    }

    Collection<Product> changedProducts() {
        return changedProducts.values();
    }

    List<NewMovement> movements() {
        return movements;
    }

    List<Reservation> newReservations() {
        return newReservations;
    }

    Collection<Reservation> endedReservations() {
        return endedReservations.values();
    }
}
