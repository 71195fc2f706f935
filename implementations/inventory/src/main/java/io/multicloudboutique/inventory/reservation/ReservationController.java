package io.multicloudboutique.inventory.reservation;

import io.multicloudboutique.inventory.api.NewReservationDto;
import io.multicloudboutique.inventory.api.ReservationDto;
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

    private final ReservationService service;
    private final ReservationRepository reservations;
    private final Idempotency idempotency;

    ReservationController(ReservationService service, ReservationRepository reservations, Idempotency idempotency) {
        this.service = service;
        this.reservations = reservations;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<Flux<ReservationDto>>> listReservations(
            @Nullable String reference, Integer limit, @Nullable String cursor) {
        return reservations
                .page(reference, PageRequest.of(limit, cursor))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(ReservationMapping::toDto)));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> createReservation(
            Mono<NewReservationDto> newReservation, @Nullable String idempotencyKey) {
        return newReservation.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                ReservationDto.class,
                () -> service.hold(
                                ReservationMapping.lines(request),
                                Duration.ofSeconds(request.getTtlSeconds()),
                                request.getReference())
                        .map(held -> EntityTags.created(
                                "reservations/" + held.id(), held.version(), ReservationMapping.toDto(held)))));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> getReservation(UUID reservationId, @Nullable String ifNoneMatch) {
        return service.find(reservationId).map(ReservationController::answer);
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> confirmReservation(
            UUID reservationId, @Nullable String idempotencyKey) {
        return idempotency.once(
                idempotencyKey,
                null,
                ReservationDto.class,
                () -> service.confirm(reservationId).map(ReservationController::answer));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> cancelReservation(UUID reservationId, @Nullable String idempotencyKey) {
        return idempotency.once(
                idempotencyKey,
                null,
                ReservationDto.class,
                () -> service.cancel(reservationId).map(ReservationController::answer));
    }

    private static ResponseEntity<ReservationDto> answer(Reservation reservation) {
        return EntityTags.ok(reservation.version(), ReservationMapping.toDto(reservation));
    }
}
