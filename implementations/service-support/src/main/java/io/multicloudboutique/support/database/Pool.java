package io.multicloudboutique.support.database;

import reactor.core.publisher.Mono;

/**
 * The pools of connections of a service. They are separate, so that reads and health probes never wait for a connection
 * while writers wait for locks.
 */
public enum Pool {

    /** For all work that names no other pool. */
    REQUESTS,

    /** For batches of writes. */
    BATCHES,

    /** For health probes. */
    HEALTH;

    /** Lets this work use connections of this pool. */
    public <T> Mono<T> use(Mono<T> work) {
        return work.contextWrite(context -> context.put(Pool.class, this));
    }
}
