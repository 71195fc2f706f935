package io.multicloudboutique.inventory.reservation;

import io.multicloudboutique.inventory.api.NewReservation;
import io.multicloudboutique.inventory.api.Reservation;
import io.multicloudboutique.inventory.api.ReservationsApi;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class ReservationController implements ReservationsApi {

    private final Carts carts;
    private final Idempotency idempotency;

    ReservationController(Carts carts, Idempotency idempotency) {
        this.carts = carts;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<Flux<Reservation>>> listReservations(
            @Nullable String reference, Integer limit, @Nullable String cursor) {
        return carts.page(reference, PageRequest.of(limit, cursor))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(ReservationMapping::toApi)));
    }

    @Override
    public Mono<ResponseEntity<Reservation>> createReservation(
            Mono<NewReservation> newReservation, @Nullable String idempotencyKey) {
        return newReservation.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                Reservation.class,
                () -> carts.hold(
                                ReservationMapping.lines(request),
                                Duration.ofSeconds(request.getTtlSeconds()),
                                request.getReference())
                        .map(held -> EntityTags.created(
                                "reservations/" + held.id(), held.version(), ReservationMapping.toApi(held)))));
    }

    @Override
    public Mono<ResponseEntity<Reservation>> getReservation(UUID reservationId, @Nullable String ifNoneMatch) {
        return carts.find(reservationId).map(ReservationController::answer);
    }

    @Override
    public Mono<ResponseEntity<Reservation>> confirmReservation(UUID reservationId, @Nullable String idempotencyKey) {
        return idempotency.once(
                idempotencyKey,
                null,
                Reservation.class,
                () -> carts.confirm(reservationId).map(ReservationController::answer));
    }

    @Override
    public Mono<ResponseEntity<Reservation>> cancelReservation(UUID reservationId, @Nullable String idempotencyKey) {
        return idempotency.once(
                idempotencyKey,
                null,
                Reservation.class,
                () -> carts.cancel(reservationId).map(ReservationController::answer));
    }

    private static ResponseEntity<Reservation> answer(
            io.multicloudboutique.inventory.reservation.Reservation reservation) {
        return EntityTags.ok(reservation.version(), ReservationMapping.toApi(reservation));
    }
}
