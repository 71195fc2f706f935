package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.stock.Reservation.Status;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Reads reservations of whole carts, and decides whether they can be created, confirmed, cancelled and expired. */
@Service
class ReservationService {

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
            lines.keySet().forEach(stock::product);
            var shortages = lines.entrySet().stream()
                    .filter(line -> stock.product(line.getKey()).available() < line.getValue())
                    .map(line -> new InsufficientCartStock.Shortage(
                            line.getKey(), stock.product(line.getKey()).available(), line.getValue()))
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

    private static StockChange<Reservation> end(UUID id, Status outcome) {
        return StockChange.ofReservations(List.of(id), stock -> {
            var reservation = stock.reservation(id);
            if (reservation.status() == outcome) {
                return reservation;
            }
            if (reservation.status() != Status.ACTIVE) {
                throw new ReservationNotActive(reservation);
            }
            return stock.end(reservation, outcome);
        });
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
