package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.HeldLineDto;
import io.multicloudboutique.inventory.api.ReservationDraftDto;
import io.multicloudboutique.inventory.api.ReservationDto;
import io.multicloudboutique.inventory.api.ReservationLineDto;
import io.multicloudboutique.inventory.api.ReservationReturnDto;
import io.multicloudboutique.inventory.api.ReservationStatusDto;
import io.multicloudboutique.inventory.stock.Reservation.Line;
import io.multicloudboutique.inventory.stock.Reservation.Status;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Maps between domain records and the generated types of the contract. */
final class ReservationMapping {

    private ReservationMapping() {}

    /** Returns the quantities by product id. Adds up lines with the same product. */
    static SortedMap<String, Long> lines(ReservationDraftDto request) {
        return request.getLines().stream()
                .collect(Collectors.toMap(
                        ReservationLineDto::getProductId,
                        line -> line.getQuantity().longValue(),
                        Long::sum,
                        TreeMap::new));
    }

    /** Returns the lines as the client sent them; null if it sent none. */
    static @Nullable List<Line> lines(ReservationReturnDto request) {
        return request.getLines() == null
                ? null
                : request.getLines().stream()
                        .map(line ->
                                new Line(line.getProductId(), line.getQuantity().longValue()))
                        .toList();
    }

    static @Nullable Status status(@Nullable ReservationStatusDto status) {
        return status == null ? null : Status.valueOf(status.name());
    }

    static ReservationDto toDto(Reservation reservation) {
        return new ReservationDto(
                        reservation.id(),
                        ReservationStatusDto.valueOf(reservation.status().name()),
                        toDto(reservation.lines()),
                        reservation.createdAt(),
                        reservation.expiresAt())
                .returnedLines(reservation.returned().isEmpty() ? null : toDto(reservation.returned()))
                .reference(reservation.reference())
                .fingerprint(reservation.fingerprint());
    }

    private static List<HeldLineDto> toDto(SortedMap<String, Long> quantities) {
        return quantities.entrySet().stream()
                .map(line -> new HeldLineDto(line.getKey(), line.getValue()))
                .toList();
    }
}
