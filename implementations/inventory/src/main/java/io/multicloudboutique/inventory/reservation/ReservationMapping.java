package io.multicloudboutique.inventory.reservation;

import io.multicloudboutique.inventory.api.HeldLine;
import io.multicloudboutique.inventory.api.NewReservation;
import io.multicloudboutique.inventory.api.Reservation.StatusEnum;
import io.multicloudboutique.inventory.api.ReservationLine;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Between the domain and the contract. */
final class ReservationMapping {

    private ReservationMapping() {}

    /** Lines of the same product become one. */
    static SortedMap<String, Long> lines(NewReservation request) {
        return request.getLines().stream()
                .collect(Collectors.toMap(
                        ReservationLine::getProductId,
                        line -> line.getQuantity().longValue(),
                        Long::sum,
                        TreeMap::new));
    }

    static io.multicloudboutique.inventory.api.Reservation toApi(Reservation reservation) {
        var lines = reservation.lines().entrySet().stream()
                .map(line -> new HeldLine(line.getKey(), line.getValue()))
                .toList();
        return new io.multicloudboutique.inventory.api.Reservation(
                        reservation.id(),
                        StatusEnum.fromValue(reservation.status().text()),
                        lines,
                        reservation.createdAt(),
                        reservation.expiresAt())
                .reference(reservation.reference());
    }
}
