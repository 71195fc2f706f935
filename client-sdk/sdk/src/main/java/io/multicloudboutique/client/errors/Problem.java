package io.multicloudboutique.client.errors;

import io.multicloudboutique.client.inventory.ReservationStatus;
import java.io.Serial;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The problem details of a failed request (RFC 9457). Immutable.
 *
 * @param code the problem code, for programs
 * @param title the kind of problem in words, the same for all problems with this code
 * @param status the HTTP status
 * @param detail an explanation of what went wrong with this request and how to fix it, for people
 * @param instance {@code urn:uuid:} followed by the request id, which also appears in the service's log
 * @param violations the rules that the request violates; empty unless the code is {@link ProblemCode#VALIDATION_FAILED}
 * @param shortages the products without enough available stock; empty unless the code is
 *     {@link ProblemCode#INSUFFICIENT_STOCK}, or {@link ProblemCode#STOCK_BELOW_RESERVED} because of an adjustment
 * @param reservationStatus the status of the reservation; present if the code is
 *     {@link ProblemCode#RESERVATION_NOT_ACTIVE} or {@link ProblemCode#RESERVATION_NOT_CONFIRMED}
 * @param productId the id of the archived product; present if the code is {@link ProblemCode#PRODUCT_ARCHIVED}
 * @param refundable the amount that can still be refunded; present if the code is
 *     {@link ProblemCode#REFUND_EXCEEDS_REST}
 */
public record Problem(
        ProblemCode code,
        String title,
        int status,
        String detail,
        String instance,
        List<Violation> violations,
        List<Shortage> shortages,
        Optional<ReservationStatus> reservationStatus,
        Optional<String> productId,
        Optional<BigDecimal> refundable)
        implements Serializable {

    /** Copies the lists, so that the record is immutable. */
    public Problem {
        violations = List.copyOf(violations);
        shortages = List.copyOf(shortages);
    }

    @Serial
    private Object writeReplace() {
        return new Serialized(
                code,
                title,
                status,
                detail,
                instance,
                violations,
                shortages,
                reservationStatus.orElse(null),
                productId.orElse(null),
                refundable.orElse(null));
    }

    /** The serialised form, because an {@link Optional} cannot be serialised. */
    private record Serialized(
            ProblemCode code,
            String title,
            int status,
            String detail,
            String instance,
            List<Violation> violations,
            List<Shortage> shortages,
            @Nullable ReservationStatus reservationStatus,
            @Nullable String productId,
            @Nullable BigDecimal refundable)
            implements Serializable {

        @Serial
        private Object readResolve() {
            return new Problem(
                    code,
                    title,
                    status,
                    detail,
                    instance,
                    violations,
                    shortages,
                    Optional.ofNullable(reservationStatus),
                    Optional.ofNullable(productId),
                    Optional.ofNullable(refundable));
        }
    }
}
