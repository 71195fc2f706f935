package io.multicloudboutique.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** What has been started, to be stopped in reverse. Thread-safe. */
final class Running {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean stopping;

    /**
     * Starts one more part. A stop waits until this is done, so that nothing is left behind half started.
     *
     * @throws CancellationException if everything has been told to stop
     */
    synchronized <T extends AutoCloseable> T start(Supplier<T> part) {
        if (stopping) {
            throw new CancellationException("Stopping");
        }
        var started = part.get();
        parts.push(started);
        return started;
    }

    synchronized void stop() {
        stopping = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LoggerFactory.getLogger(Running.class).error("Could not be stopped", e);
            }
        }
    }
}
