package io.multicloudboutique.client.errors;

import java.time.Duration;
import java.util.Optional;

/**
 * The service failed, a proxy between the client and the service failed, or the response violates the contract. The
 * response has a status of 500 or more, is a redirect, or is a success response that cannot be read.
 */
public final class ServerException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Creates the exception. Only the SDK calls this constructor. */
    public ServerException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /**
     * The delay that the service requests before the next call; empty if {@code Retry-After} is missing or not in
     * seconds.
     */
    public Optional<Duration> retryAfter() {
        return retryAfterSeconds();
    }
}
