package io.multicloudboutique.launcher;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** The parts that have been started. Stops them in reverse order. Thread-safe. */
final class Running {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean stopping;

    /**
     * Starts another part. {@link #stop} waits until the start is complete, so no part stays half started.
     *
     * @throws CancellationException if {@link #stop} has been called
     */
    synchronized <T extends AutoCloseable> T start(Supplier<T> part) {
        if (stopping) {
            throw new CancellationException("Stopping");
        }
        var started = part.get();
        parts.push(started);
        return started;
    }

    /** Stops all parts, the last started first. If a part fails to stop, logs the failure and stops the others. */
    synchronized void stop() {
        stopping = true;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LoggerFactory.getLogger(Running.class).error("A part of the launcher could not be stopped", e);
            }
        }
    }
}
