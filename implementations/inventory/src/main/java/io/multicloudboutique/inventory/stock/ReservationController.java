package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.ReservationDraftDto;
import io.multicloudboutique.inventory.api.ReservationDto;
import io.multicloudboutique.inventory.api.ReservationExtensionDto;
import io.multicloudboutique.inventory.api.ReservationReturnDto;
import io.multicloudboutique.inventory.api.ReservationStatusDto;
import io.multicloudboutique.inventory.api.ReservationsApi;
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

    private final ReservationService reservationService;
    private final ReservationRepository reservationRepository;
    private final StockLane lane;

    ReservationController(
            ReservationService reservationService, ReservationRepository reservationRepository, StockLane lane) {
        this.reservationService = reservationService;
        this.reservationRepository = reservationRepository;
        this.lane = lane;
    }

    @Override
    public Mono<ResponseEntity<Flux<ReservationDto>>> listReservations(
            @Nullable String reference, @Nullable ReservationStatusDto status, Integer limit, @Nullable String cursor) {
        return reservationRepository
                .page(
                        reference,
                        ReservationMapping.status(status),
                        PageRequest.of(limit, cursor, "listReservations", reference, status))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(ReservationMapping::toDto)));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> createReservation(
            Mono<ReservationDraftDto> reservationDraft, @Nullable String idempotencyKey) {
        return reservationDraft.flatMap(request -> lane.once(
                idempotencyKey,
                request,
                ReservationDto.class,
                reservationService
                        .hold(
                                ReservationMapping.lines(request),
                                Duration.ofSeconds(request.getTtlSeconds()),
                                request.getReference(),
                                request.getFingerprint())
                        .map(reservation -> EntityTags.created(
                                "reservations/" + reservation.id(),
                                reservation.version(),
                                ReservationMapping.toDto(reservation)))));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> getReservation(UUID reservationId, @Nullable String ifNoneMatch) {
        return reservationService
                .find(reservationId)
                .map(reservation ->
                        EntityTags.read(ifNoneMatch, reservation.version(), ReservationMapping.toDto(reservation)));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> extendReservation(
            UUID reservationId, Mono<ReservationExtensionDto> reservationExtension, @Nullable String idempotencyKey) {
        return reservationExtension.flatMap(request -> lane.once(
                idempotencyKey,
                request,
                ReservationDto.class,
                reservationService
                        .extend(reservationId, Duration.ofSeconds(request.getTtlSeconds()))
                        .map(ReservationController::response)));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> confirmReservation(
            UUID reservationId, @Nullable String idempotencyKey) {
        return lane.once(
                idempotencyKey,
                null,
                ReservationDto.class,
                reservationService.confirm(reservationId).map(ReservationController::response));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> cancelReservation(UUID reservationId, @Nullable String idempotencyKey) {
        return lane.once(
                idempotencyKey,
                null,
                ReservationDto.class,
                reservationService.cancel(reservationId).map(ReservationController::response));
    }

    @Override
    public Mono<ResponseEntity<ReservationDto>> returnReservation(
            UUID reservationId, @Nullable String idempotencyKey, Mono<ReservationReturnDto> reservationReturn) {
        return reservationReturn
                .defaultIfEmpty(new ReservationReturnDto())
                .flatMap(request -> lane.once(
                        idempotencyKey,
                        request,
                        ReservationDto.class,
                        reservationService
                                .returnGoods(reservationId, ReservationMapping.lines(request))
                                .map(ReservationController::response)));
    }

    private static ResponseEntity<ReservationDto> response(Reservation reservation) {
        return EntityTags.ok(reservation.version(), ReservationMapping.toDto(reservation));
    }
}
