package io.multicloudboutique.client.platform;

import io.multicloudboutique.client.checkout.Payments;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Payments that fulfil the contract of {@link Payments}. A test can make charges and refunds fail, in a given order,
 * before or after they take effect. Thread-safe.
 */
final class Till implements Payments {

    /** The fault of one charge or refund. */
    enum Fault {
        NONE,
        FAILS_BEFORE,
        FAILS_AFTER,
        /** Simulates a process that ends: nothing runs after the crash. */
        CRASHES_BEFORE,
        CRASHES_AFTER
    }

    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final Map<String, BigDecimal> paid = new ConcurrentHashMap<>();
    private final Queue<Fault> charges = new ArrayDeque<>();
    private final Queue<Fault> refunds = new ArrayDeque<>();
    private int taken;
    private int returned;

    /** Sets the faults of the next charges. Later charges succeed. */
    Till charges(Fault... faults) {
        charges.addAll(List.of(faults));
        return this;
    }

    /** Sets the faults of the next refunds. Later refunds succeed. */
    Till refunds(Fault... faults) {
        refunds.addAll(List.of(faults));
        return this;
    }

    /** Removes the faults that have not occurred yet. */
    void mend() {
        charges.clear();
        refunds.clear();
    }

    /** The number of charges that took effect, over all orders. */
    int taken() {
        return taken;
    }

    /** The number of refunds that took effect, over all orders. */
    int returned() {
        return returned;
    }

    BigDecimal paid(String orderId) {
        return paid.getOrDefault(orderId, BigDecimal.ZERO);
    }

    @Override
    public synchronized void charge(String orderId, BigDecimal amount) {
        applyWithFault(charges, () -> {
            var before = paid.putIfAbsent(orderId, amount);
            if (before == null) {
                taken++;
            } else if (before.compareTo(amount) != 0) {
                throw new IllegalStateException(orderId + " was charged with " + before + ", not " + amount);
            }
        });
    }

    @Override
    public synchronized void refund(String orderId) {
        applyWithFault(refunds, () -> {
            if (paid.remove(orderId) != null) {
                returned++;
            }
        });
    }

    private static void applyWithFault(Queue<Fault> faults, Runnable effect) {
        var fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        switch (fault) {
            case FAILS_BEFORE -> throw new IllegalStateException("the payment provider does not respond");
            case CRASHES_BEFORE -> throw new Crash();
            default -> effect.run();
        }
        switch (fault) {
            case FAILS_AFTER -> throw new IllegalStateException("the response of the payment provider is lost");
            case CRASHES_AFTER -> throw new Crash();
            default -> {}
        }
    }
}
