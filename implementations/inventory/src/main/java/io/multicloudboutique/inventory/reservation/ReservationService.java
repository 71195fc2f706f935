package io.multicloudboutique.inventory.reservation;

import io.multicloudboutique.inventory.reservation.Reservation.Status;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.problem.ProblemException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Creates reservations of whole carts, and confirms, cancels and expires them. */
@Service
class ReservationService {

    private final ReservationRepository reservations;
    private final Transactions transactions;

    ReservationService(ReservationRepository reservations, Transactions transactions) {
        this.reservations = reservations;
        this.transactions = transactions;
    }

    Mono<Reservation> find(UUID id) {
        return reservations.find(id).switchIfEmpty(Mono.error(() -> notFound(id)));
    }

    /** Reserves the stock for all lines. If one line is not available, the whole reservation fails. */
    Mono<Reservation> hold(SortedMap<String, Long> lines, Duration timeToLive, @Nullable String reference) {
        return transactions.run(freeReference(reference, lines.keySet())
                .then(reservations.begin(reference, timeToLive))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemCodeDto.REFERENCE_TAKEN,
                        "An active or confirmed reservation already has the reference \"" + reference
                                + "\". Read that reservation, or use another reference.")))
                .flatMap(id -> reservations
                        .lockAvailable(lines.keySet())
                        .doOnNext(available -> requireEnough(lines, available))
                        .then(reservations.hold(id, lines))
                        .then(reservations.find(id))));
    }

    Mono<Reservation> confirm(UUID id) {
        return end(id, Status.CONFIRMED);
    }

    Mono<Reservation> cancel(UUID id) {
        return end(id, Status.CANCELLED);
    }

    /** Expires all reservations that are due and releases their stock. Emits the number of expired reservations. */
    Mono<Integer> expireDue() {
        return transactions
                .run(reservations.lockDue().flatMap(this::expire))
                .expand(count -> count == 0
                        ? Mono.empty()
                        : transactions.run(reservations.lockDue().flatMap(this::expire)))
                .reduce(0, Integer::sum);
    }

    /**
     * Expires the active reservation with this reference if it is due, because an expired reservation no longer
     * occupies its reference. To keep the lock order by id, first locks the products of the due reservation together
     * with the products of the new cart.
     */
    private Mono<Integer> freeReference(@Nullable String reference, Collection<String> productIds) {
        return reference == null
                ? Mono.just(0)
                : reservations
                        .lockDue(reference)
                        .flatMap(due -> due.isEmpty()
                                ? Mono.just(0)
                                : reservations.lockProducts(due, productIds).then(expire(due)));
    }

    private Mono<Integer> expire(List<UUID> due) {
        return due.isEmpty()
                ? Mono.just(0)
                : reservations.end(due, Status.EXPIRED).thenReturn(due.size());
    }

    private Mono<Reservation> end(UUID id, Status outcome) {
        return transactions.run(reservations
                .lock(id)
                .switchIfEmpty(Mono.error(() -> notFound(id)))
                .flatMap(reservation -> {
                    if (reservation.status() == outcome) {
                        return Mono.just(reservation);
                    }
                    if (reservation.status() != Status.ACTIVE) {
                        return Mono.error(new ReservationNotActive(reservation));
                    }
                    return reservations.end(List.of(id), outcome).then(reservations.find(id));
                }));
    }

    private static void requireEnough(SortedMap<String, Long> lines, Map<String, Long> available) {
        for (var productId : lines.keySet()) {
            if (!available.containsKey(productId)) {
                throw ProblemException.notFound("product", productId);
            }
        }
        var shortages = lines.entrySet().stream()
                .filter(line -> available.get(line.getKey()) < line.getValue())
                .map(line -> new InsufficientCartStock.Shortage(
                        line.getKey(), available.get(line.getKey()), line.getValue()))
                .toList();
        if (!shortages.isEmpty()) {
            throw new InsufficientCartStock(shortages);
        }
    }

    private static ProblemException notFound(UUID id) {
        return ProblemException.notFound("reservation", id);
    }
}
