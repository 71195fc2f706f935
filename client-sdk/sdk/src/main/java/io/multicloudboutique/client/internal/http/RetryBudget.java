package io.multicloudboutique.client.internal.http;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Limits the retries of calls to one service, so that retries do not multiply the load on a failing service. The budget
 * starts with ten retries, which is also its maximum. Each call adds a tenth of a retry. Thread-safe.
 */
public final class RetryBudget {

    private static final int COST_OF_RETRY = 10;
    private static final int SHARE_OF_CALL = 1;
    private static final int FULL = 10 * COST_OF_RETRY;

    private final AtomicInteger balance = new AtomicInteger(FULL);

    /** Adds a tenth of a retry, for a new call. */
    void deposit() {
        balance.updateAndGet(before -> Math.min(FULL, before + SHARE_OF_CALL));
    }

    /** Deducts the cost of a retry, or returns false if the budget is too low. */
    boolean withdraw() {
        return balance.getAndUpdate(before -> before >= COST_OF_RETRY ? before - COST_OF_RETRY : before)
                >= COST_OF_RETRY;
    }
}
