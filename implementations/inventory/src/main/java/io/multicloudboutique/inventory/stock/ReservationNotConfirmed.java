package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class ReservationNotConfirmed extends ProblemException {

    ReservationNotConfirmed(Reservation reservation) {
        super(
                ProblemCodeDto.RESERVATION_NOT_CONFIRMED,
                "The reservation is " + reservation.status().text()
                        + ", so there is nothing to return. Only a confirmed reservation can be returned.");
        with("reservationStatus", reservation.status().text());
    }
}
