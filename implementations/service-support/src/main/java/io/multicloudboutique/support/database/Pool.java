package io.multicloudboutique.support.database;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The pools of connections of a service. They are separate, so that reads and health probes never wait for a connection
 * while writers wait for locks.
 */
public enum Pool {

    /**
     * For all work that names no other pool. When the time for a lock is over, a duplicate of a running request gets the
     * problem {@code request-in-progress}, and every other request gets {@code unavailable}.
     */
    REQUESTS(Duration.ofSeconds(2)),

    /** For batches of writes. All requests of a batch wait together, so a request that needs longer leaves the batch. */
    BATCHES(Duration.ofMillis(200)),

    /** For health probes. */
    HEALTH(Duration.ofSeconds(2));

    private final Duration lockWait;

    Pool(Duration lockWait) {
        this.lockWait = lockWait;
    }

    /** Returns how long a statement waits for a lock. */
    public Duration lockWait() {
        return lockWait;
    }

    /** Lets this work use connections of this pool. */
    public <T> Mono<T> use(Mono<T> work) {
        return work.contextWrite(context -> context.put(Pool.class, this));
    }

    /** Returns the pool that the current work uses. */
    static Pool of(ContextView context) {
        return context.getOrDefault(Pool.class, REQUESTS);
    }
}
