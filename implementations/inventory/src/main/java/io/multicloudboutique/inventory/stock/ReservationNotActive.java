package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class ReservationNotActive extends ProblemException {

    ReservationNotActive(Reservation reservation) {
        super(
                ProblemCodeDto.RESERVATION_NOT_ACTIVE,
                "The reservation is already " + reservation.status().text() + ", so it no longer holds stock.");
        with("reservationStatus", reservation.status().text());
    }
}
