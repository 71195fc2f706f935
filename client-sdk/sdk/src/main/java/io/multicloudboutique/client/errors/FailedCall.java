package io.multicloudboutique.client.errors;

import java.util.Optional;

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
        boolean mayHaveTakenEffect) {

    /**
     * Returns, for example,
     * {@code createReservation (POST http://localhost:8083/reservations, request 6f1a…, 3 attempts)}.
     */
    @Override
    public String toString() {
        return "%s (%s %s, request %s, %s)"
                .formatted(operation, method, url, requestId, attempts == 1 ? "1 attempt" : attempts + " attempts");
    }
}
