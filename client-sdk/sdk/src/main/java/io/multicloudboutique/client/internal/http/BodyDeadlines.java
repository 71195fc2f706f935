package io.multicloudboutique.client.internal.http;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends the bodies that are incomplete at their deadlines. All of them share a timer for the earliest deadline: a timer
 * for each body would wake the JDK's scheduler for each response, which costs more than the SDK's other work for a call.
 * Thread-safe.
 */
final class BodyDeadlines {

    private final Set<LimitedBody> incomplete = ConcurrentHashMap.newKeySet();
    private boolean scheduled;
    private long earliest;

    /** Ends the body at its deadline, unless it is complete by then. */
    void watch(LimitedBody body) {
        incomplete.add(body);
        body.getBody().whenComplete((content, failure) -> incomplete.remove(body));
        schedule(body.deadline());
    }

    private synchronized void schedule(long deadline) {
        if (scheduled && deadline - earliest >= 0) {
            return;
        }
        scheduled = true;
        earliest = deadline;
        CompletableFuture.delayedExecutor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                .execute(() -> endOverdue(deadline));
    }

    private void endOverdue(long deadline) {
        synchronized (this) {
            if (!scheduled || deadline != earliest) {
                return; // An earlier deadline has replaced this one, and has scheduled its successor.
            }
            // A body that is added from now on schedules the next look, or is found by this one.
            scheduled = false;
        }
        var now = System.nanoTime();
        @Nullable LimitedBody next = null;
        for (var body : incomplete) {
            if (body.deadline() - now <= 0) {
                body.timeOut();
            } else if (next == null || body.deadline() - next.deadline() < 0) {
                next = body;
            }
        }
        if (next != null) {
            schedule(next.deadline());
        }
    }
}
