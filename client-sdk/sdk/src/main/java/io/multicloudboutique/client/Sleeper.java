package io.multicloudboutique.client;

import java.time.Duration;

/** How the client waits between two attempts. Tests give one that does not wait. */
@FunctionalInterface
public interface Sleeper {

    /**
     * Returns after this time.
     *
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    void sleep(Duration duration) throws InterruptedException;
}
