package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.stock.Reservation.Line;
import io.multicloudboutique.inventory.stock.Reservation.Status;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/**
 * Reads reservations of whole carts, and decides whether they can be created, extended, confirmed, cancelled, expired and
 * returned.
 */
@Service
class ReservationService {

    /** The time after which a reservation expires at the latest. No reservation is created with a longer time. */
    private static final Duration LONGEST_HOLD = Duration.ofDays(1);

    private final ReservationRepository reservations;
    private final StockLane lane;

    ReservationService(ReservationRepository reservations, StockLane lane) {
        this.reservations = reservations;
        this.lane = lane;
    }

    Mono<Reservation> find(UUID id) {
        return reservations.find(id).switchIfEmpty(Mono.error(() -> ProblemException.notFound("reservation", id)));
    }

    /**
     * Reserves the stock for all lines. If a product does not have enough stock for its line, the whole reservation
     * fails. If an active reservation with the same reference has passed its expiry time, this method marks it as expired
     * first, which frees the reference.
     */
    StockChange<Reservation> hold(
            SortedMap<String, Long> lines,
            Duration timeToLive,
            @Nullable String reference,
            @Nullable String fingerprint) {
        return new StockChange<>(lines.keySet(), List.of(), reference, stock -> {
            if (reference != null) {
                stock.reservationOf(reference).ifPresent(existing -> {
                    if (stock.expire(List.of(existing.id())) == 0) {
                        throw new ProblemException(
                                ProblemCodeDto.REFERENCE_TAKEN,
                                "An active or confirmed reservation already has the reference \"" + reference
                                        + "\". Read that reservation, or use another reference.");
                    }
                });
            }
            lines.keySet().forEach(productId -> stock.product(productId).requireNotArchived());
            var shortages = lines.entrySet().stream()
                    .flatMap(line -> stock.product(line.getKey()).shortage(line.getValue()).stream())
                    .toList();
            if (!shortages.isEmpty()) {
                throw new InsufficientCartStock(shortages);
            }
            return stock.hold(lines, timeToLive, reference, fingerprint);
        });
    }

    StockChange<Reservation> confirm(UUID id) {
        return end(id, Status.CONFIRMED);
    }

    StockChange<Reservation> cancel(UUID id) {
        return end(id, Status.CANCELLED);
    }

    /**
     * Lets an active reservation hold its stock for this time from now on. Changes nothing if it does so anyway. Fails with
     * {@code validation-failed} if it would then expire more than a day after its creation.
     */
    StockChange<Reservation> extend(UUID id, Duration timeToLive) {
        return StockChange.ofReservations(List.of(id), stock -> {
            var reservation = active(stock.reservation(id));
            var expiresAt = stock.now().plus(timeToLive);
            var latest = reservation.createdAt().plus(LONGEST_HOLD);
            if (expiresAt.isAfter(latest)) {
                throw heldTooLong(Duration.between(stock.now(), latest).toSeconds());
            }
            return expiresAt.isAfter(reservation.expiresAt()) ? stock.extend(reservation, expiresAt) : reservation;
        });
    }

    private static ProblemException heldTooLong(long possibleSeconds) {
        return ProblemException.invalid(
                "/ttlSeconds",
                possibleSeconds > 0
                        ? "must be at most " + possibleSeconds
                                + " now, because a reservation expires at most one day after its creation"
                        : "cannot extend the reservation any more, because it already lasts one day, the longest possible time");
    }

    /**
     * Returns goods of a confirmed reservation to the stock, once. Returning the same quantities again changes nothing.
     *
     * @param lines the goods; null returns all of the reservation
     */
    StockChange<Reservation> returnGoods(UUID id, @Nullable List<Line> lines) {
        return StockChange.ofReservations(List.of(id), stock -> {
            var reservation = stock.reservation(id);
            if (reservation.status() != Status.CONFIRMED) {
                throw new ReservationNotConfirmed(reservation);
            }
            var quantities = lines == null ? reservation.lines() : sums(lines, reservation);
            if (reservation.returned().equals(quantities)) {
                return reservation;
            }
            if (!reservation.returned().isEmpty()) {
                throw new ProblemException(
                        ProblemCodeDto.ALREADY_RETURNED,
                        "The reservation has already been returned with other quantities, and it can be returned only"
                                + " once. Use an adjustment with the reason \"returned\" for more goods.");
            }
            quantities.forEach((productId, quantity) -> stock.product(productId).requireRoom(quantity, ""));
            return stock.returnGoods(reservation, quantities);
        });
    }

    /** Adds up lines with the same product. Fails if a product is not in the reservation, or not as often. */
    private static SortedMap<String, Long> sums(List<Line> lines, Reservation reservation) {
        var sums = new TreeMap<String, Long>();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            var reserved = reservation.lines().get(line.productId());
            if (reserved == null) {
                throw ProblemException.invalid("/lines/" + i + "/productId", "must be a product of the reservation");
            }
            if (sums.merge(line.productId(), line.quantity(), Long::sum) > reserved) {
                throw ProblemException.invalid(
                        "/lines/" + i + "/quantity",
                        "must not exceed the quantity in the reservation, which is " + reserved
                                + " for all lines with the product \"" + line.productId() + "\"");
            }
        }
        return sums;
    }

    private static StockChange<Reservation> end(UUID id, Status outcome) {
        return StockChange.ofReservations(List.of(id), stock -> {
            var reservation = stock.reservation(id);
            if (reservation.status() == outcome) {
                return reservation;
            }
            return stock.end(active(reservation), outcome);
        });
    }

    private static Reservation active(Reservation reservation) {
        if (reservation.status() != Status.ACTIVE) {
            throw new ReservationNotActive(reservation);
        }
        return reservation;
    }

    /** Expires all reservations that are due and releases their stock. Emits the number of expired reservations. */
    Mono<Integer> expireDue() {
        return expireSomeDue()
                .expand(count -> count == 0 ? Mono.empty() : expireSomeDue())
                .reduce(0, Integer::sum);
    }

    private Mono<Integer> expireSomeDue() {
        return reservations
                .due()
                .flatMap(due -> due.isEmpty()
                        ? Mono.just(0)
                        : lane.run(StockChange.ofReservations(due, stock -> stock.expire(due))));
    }
}
