package io.multicloudboutique.client.platform;

import io.multicloudboutique.client.checkout.Payments;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/** Payments that keep what they promise, and fail as a test says, in its order, before or after they took effect. Thread-safe. */
final class Till implements Payments {

    /** What goes wrong with one charge or refund. */
    enum Fault {
        NONE,
        FAILS_BEFORE,
        FAILS_AFTER,
        /** Like a process that ends: nothing after it is done. */
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

    /** What goes wrong with the next charges; with those after them, nothing. */
    Till charges(Fault... faults) {
        charges.addAll(List.of(faults));
        return this;
    }

    /** What goes wrong with the next refunds; with those after them, nothing. */
    Till refunds(Fault... faults) {
        refunds.addAll(List.of(faults));
        return this;
    }

    /** Forgets the faults that have not happened. */
    void mend() {
        charges.clear();
        refunds.clear();
    }

    /** How often money was taken, of all orders. */
    int taken() {
        return taken;
    }

    /** How often money was returned. */
    int returned() {
        return returned;
    }

    BigDecimal paid(String orderId) {
        return paid.getOrDefault(orderId, BigDecimal.ZERO);
    }

    @Override
    public synchronized void charge(String orderId, BigDecimal amount) {
        suffer(charges, () -> {
            var before = paid.putIfAbsent(orderId, amount);
            if (before == null) {
                taken++;
            } else if (before.compareTo(amount) != 0) {
                throw new IllegalStateException(orderId + " is paid with " + before + ", not " + amount);
            }
        });
    }

    @Override
    public synchronized void refund(String orderId) {
        suffer(refunds, () -> {
            if (paid.remove(orderId) != null) {
                returned++;
            }
        });
    }

    private static void suffer(Queue<Fault> faults, Runnable effect) {
        var fault = faults.isEmpty() ? Fault.NONE : faults.remove();
        switch (fault) {
            case FAILS_BEFORE -> throw new IllegalStateException("the provider does not answer");
            case CRASHES_BEFORE -> throw new Crash();
            default -> effect.run();
        }
        switch (fault) {
            case FAILS_AFTER -> throw new IllegalStateException("the provider's answer is lost");
            case CRASHES_AFTER -> throw new Crash();
            default -> {}
        }
    }
}
