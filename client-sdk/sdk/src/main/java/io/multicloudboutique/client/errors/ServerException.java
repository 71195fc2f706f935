package io.multicloudboutique.client.errors;

import java.time.Duration;
import java.util.Optional;

/**
 * The service failed, or something in between did, or the answer is not one of the contract: a status of 500 or more, a
 * redirect, a success that cannot be read.
 */
public final class ServerException extends ProblemException {

    private static final long serialVersionUID = 1L;

    /** Made by the SDK. */
    public ServerException(String message, FailedCall call, Answer answer) {
        super(message, call, answer);
    }

    /** How long the service asks to wait before the next call, if it says so in seconds. */
    public Optional<Duration> retryAfter() {
        return retryAfterSeconds();
    }
}
