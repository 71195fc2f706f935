package io.multicloudboutique.client.errors;

import io.multicloudboutique.client.inventory.ReservationStatus;
import java.util.List;
import java.util.Optional;

/**
 * What a service says about a request that failed (RFC 9457).
 *
 * @param code what went wrong, for programs
 * @param title the kind of problem in words, the same for each problem of this code
 * @param status the HTTP status
 * @param detail what happened to this request and what to do about it, for people
 * @param instance {@code urn:uuid:} and the request id, which is in the service's log
 * @param violations the rules that the request breaks; empty unless the code is {@link ProblemCode#VALIDATION_FAILED}
 * @param shortages the products that are short; empty unless the code is {@link ProblemCode#INSUFFICIENT_STOCK}
 * @param reservationStatus how the reservation ended; present if the code is {@link ProblemCode#RESERVATION_NOT_ACTIVE}
 */
public record Problem(
        ProblemCode code,
        String title,
        int status,
        String detail,
        String instance,
        List<Violation> violations,
        List<Shortage> shortages,
        Optional<ReservationStatus> reservationStatus) {

    /** Copies the lists. */
    public Problem {
        violations = List.copyOf(violations);
        shortages = List.copyOf(shortages);
    }
}
