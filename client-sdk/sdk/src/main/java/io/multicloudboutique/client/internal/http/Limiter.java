package io.multicloudboutique.client.internal.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits the requests that run at the same time. Other requests wait in the order in which they came. Thread-safe.
 * {@link java.util.concurrent.Semaphore} has no way to wait without a thread.
 */
final class Limiter {

    private static final CompletableFuture<Void> ADMITTED = CompletableFuture.completedFuture(null);

    private final int limit;
    private final Lock lock = new ReentrantLock();
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private int free;

    Limiter(int limit) {
        this.limit = limit;
        free = limit;
    }

    int limit() {
        return limit;
    }

    /**
     * Returns a future that completes when the request may run. A request that runs must call {@link #release()} when
     * it has ended. To leave the queue, cancel the future, or complete it in another way.
     */
    CompletableFuture<Void> acquire() {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return ADMITTED;
            }
            var place = new CompletableFuture<Void>();
            waiting.add(place);
            return place;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the request may run, and returns false if that takes longer than the timeout. */
    boolean acquire(Duration timeout) throws InterruptedException {
        var place = acquire();
        try {
            place.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return !left(place);
        } catch (InterruptedException e) {
            if (!left(place)) {
                release();
            }
            throw e;
        } catch (ExecutionException | CancellationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Leaves the queue, and returns false if the request was admitted at the last moment. */
    private static boolean left(CompletableFuture<Void> place) {
        return place.cancel(false);
    }

    /** Admits the next request that still waits. */
    void release() {
        CompletableFuture<Void> next;
        do {
            lock.lock();
            try {
                next = waiting.poll();
                if (next == null) {
                    free++;
                    return;
                }
            } finally {
                lock.unlock();
            }
            // A place that is complete has left the queue.
        } while (!next.complete(null));
    }
}
