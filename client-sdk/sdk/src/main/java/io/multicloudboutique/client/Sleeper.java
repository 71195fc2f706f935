package io.multicloudboutique.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Waits between two attempts of a call. Tests can pass a sleeper that does not wait. Several threads may call a sleeper at the
 * same time.
 */
@FunctionalInterface
public interface Sleeper {

    /**
     * Waits for the given time.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Returns a future that completes after the given time, for asynchronous calls. If the call is cancelled, the SDK
     * cancels the future. By default, the JDK's scheduler completes the future.
     */
    default CompletableFuture<Void> sleepAsync(Duration duration) {
        return new CompletableFuture<Void>().completeOnTimeout(null, duration.toNanos(), TimeUnit.NANOSECONDS);
    }
}
