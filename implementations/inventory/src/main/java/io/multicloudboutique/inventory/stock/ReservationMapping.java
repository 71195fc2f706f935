package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.HeldLineDto;
import io.multicloudboutique.inventory.api.ReservationDraftDto;
import io.multicloudboutique.inventory.api.ReservationDto;
import io.multicloudboutique.inventory.api.ReservationDto.StatusEnum;
import io.multicloudboutique.inventory.api.ReservationLineDto;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

    static ReservationDto toDto(Reservation reservation) {
        var lines = reservation.lines().entrySet().stream()
                .map(line -> new HeldLineDto(line.getKey(), line.getValue()))
                .toList();
        return new ReservationDto(
                        reservation.id(),
                        StatusEnum.fromValue(reservation.status().text()),
                        lines,
                        reservation.createdAt(),
                        reservation.expiresAt())
                .reference(reservation.reference())
                .fingerprint(reservation.fingerprint());
    }
}
