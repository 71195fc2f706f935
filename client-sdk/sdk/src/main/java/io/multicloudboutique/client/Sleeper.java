package io.multicloudboutique.client;

import java.time.Duration;

/**
 * Waits between two attempts. Tests can pass a sleeper that does not wait. Several threads may call a sleeper at the
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
}
