package io.multicloudboutique.client.errors;

import java.util.Optional;

/**
 * Which call failed.
 *
 * @param operation the operation of the contract, such as {@code createReservation}
 * @param method the HTTP method
 * @param url where it went, without the query, which may hold personal data
 * @param requestId the id that it had on its way, which is in the service's log if it got there; the same in all attempts
 * @param idempotencyKey the key of a POST; with it the same call can be made again, later too, and has one effect
 * @param attempts how often it was sent
 * @param mayHaveTakenEffect whether the service may have done what it was asked for, in any of the attempts
 */
public record FailedCall(
        String operation,
        String method,
        String url,
        String requestId,
        Optional<String> idempotencyKey,
        int attempts,
        boolean mayHaveTakenEffect) {

    /** Such as {@code createReservation (POST http://localhost:8083/reservations, request 6f1a…, 3 attempts)}. */
    @Override
    public String toString() {
        return "%s (%s %s, request %s, %s)"
                .formatted(operation, method, url, requestId, attempts == 1 ? "1 attempt" : attempts + " attempts");
    }
}
