package io.multicloudboutique.client.internal.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the repetitions of calls to one service, so that a service in trouble does not get three times the load. Ten
 * repetitions are free; then each call pays for a tenth of one. Thread-safe.
 */
public final class RetryBudget {

    private static final int COST_OF_RETRY = 10;
    private static final int SHARE_OF_CALL = 1;
    private static final int FULL = 10 * COST_OF_RETRY;

    private final AtomicInteger balance = new AtomicInteger(FULL);

    /** A call is made. */
    void deposit() {
        balance.updateAndGet(before -> Math.min(FULL, before + SHARE_OF_CALL));
    }

    /** Takes what a repetition costs, or says that there is not enough. */
    boolean withdraw() {
        return balance.getAndUpdate(before -> before >= COST_OF_RETRY ? before - COST_OF_RETRY : before)
                >= COST_OF_RETRY;
    }
}
