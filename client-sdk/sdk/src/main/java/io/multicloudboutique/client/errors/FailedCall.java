package io.multicloudboutique.client.errors;

import java.io.Serial;
import java.io.Serializable;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call that failed. Immutable.
 *
 * @param operation the operation in the contract, such as {@code createReservation}
 * @param method the HTTP method
 * @param url the URL without its query, because a query may contain personal data
 * @param requestId the id of the request, the same for all attempts; if the request reached the service, the id is also
 *     in the service's log
 * @param idempotencyKey the idempotency key of a POST, empty for other methods; if you repeat the call with this key
 *     within 24 hours, all its attempts together take effect once
 * @param attempts the number of attempts that were sent
 * @param mayHaveTakenEffect whether any attempt may have taken effect
 */
public record FailedCall(
        String operation,
        String method,
        String url,
        String requestId,
        Optional<String> idempotencyKey,
        int attempts,
        boolean mayHaveTakenEffect)
        implements Serializable {

    /**
     * Returns, for example,
     * {@code createReservation (POST http://localhost:8083/reservations, request 6f1a…, 3 attempts)}.
     */
    @Override
    public String toString() {
        return "%s (%s %s, request %s, %s)"
                .formatted(operation, method, url, requestId, attempts == 1 ? "1 attempt" : attempts + " attempts");
    }

    @Serial
    private Object writeReplace() {
        return new Serialized(
                operation, method, url, requestId, idempotencyKey.orElse(null), attempts, mayHaveTakenEffect);
    }

    /** The serialised form, because an {@link Optional} cannot be serialised. */
    private record Serialized(
            String operation,
            String method,
            String url,
            String requestId,
            @Nullable String idempotencyKey,
            int attempts,
            boolean mayHaveTakenEffect)
            implements Serializable {

        @Serial
        private Object readResolve() {
            return new FailedCall(
                    operation,
                    method,
                    url,
                    requestId,
                    Optional.ofNullable(idempotencyKey),
                    attempts,
                    mayHaveTakenEffect);
        }
    }
}
