package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.BoutiqueClient;
import io.multicloudboutique.client.accounting.AccountingClient;
import io.multicloudboutique.client.accounting.RefundDraft;
import io.multicloudboutique.client.inventory.InventoryClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * Places orders: checks the order, holds the stock, charges the customer, records one transaction, deducts the products
 * from the stock, and records a metric of the type {@code order}.
 *
 * <pre>{@code
 * var checkout = Checkout.of(boutique, payments);
 * var receipt = checkout.place(Order.of("order-1001", OrderLine.food(1, 2), OrderLine.furniture(2, 1))
 *         .withCustomer("Jane Smith"));
 * }</pre>
 *
 * <p>Each call of {@link #place} is a run of the order. If a step fails, the run undoes the earlier steps: it cancels
 * the hold, deletes the transaction, and refunds the charge. <strong>After any failure, you can place the same order
 * again with its id</strong>: after a crash, from another process, or days later. The new run continues from the
 * current state. It ends either with one charge, one transaction and one confirmed hold, or with none of them and with
 * a refund. If the order has already been placed, the new run returns its receipt.
 *
 * <p>A checkout stores nothing. It finds earlier runs by the order id, which is the {@code reference} of the hold and
 * of the transaction. {@link Payments} knows whether the order is paid. The hold decides whether the order succeeds: an
 * order with a confirmed hold is never undone, and the hold is cancelled before any other step is undone. An order
 * without stocked items has no hold. If you place such an order again, the checkout calls {@link Payments#charge}
 * again, unless accounting has a refund of its transaction.
 *
 * <p>A checkout undoes only orders that it has not placed. To refund a placed order, record the refund with
 * {@link AccountingClient#refundTransaction(long, RefundDraft) refundTransaction}, give the goods back to the stock with
 * {@link InventoryClient#returnReservation(UUID) returnReservation}, and refund the payment yourself. {@link Receipt}
 * has the ids.
 *
 * <p>Each cart needs its own order id. If the id is already placed or in progress with another cart, the run fails with
 * an {@link OrderIdReusedException}, and neither order changes the other one, even if their runs overlap.
 *
 * <p>Runs of the same order may overlap, too. Together, they place the order once. If one of them fails, it may undo the
 * order, so that the others fail as well. An order with stocked items is not undone after a run has returned its
 * receipt, unless the process of the failed run ends during its refund. An order without stocked items may be: if runs of such an order can overlap in your application, let one run
 * end before the next one starts, for example with a lock by order id.
 *
 * <p>Immutable. Thread-safe if its {@link Payments} are thread-safe.
 */
public final class Checkout {

    private final BoutiqueClient boutique;
    private final BoutiqueClient metrics;
    private final Payments payments;
    private final Duration holdTime;
    private final Clock clock;

    private Checkout(
            BoutiqueClient boutique, BoutiqueClient metrics, Payments payments, Duration holdTime, Clock clock) {
        this.boutique = boutique;
        this.metrics = metrics;
        this.payments = payments;
        this.holdTime = holdTime;
        this.clock = clock;
    }

    /**
     * Creates a checkout. The client needs the base URLs of accounting, of the inventory and of the catalogues that the
     * orders use. Without the base URL of analytics, the checkout records no metrics.
     */
    public static Checkout of(BoutiqueClient boutique, Payments payments) {
        return new Checkout(
                Objects.requireNonNull(boutique, "boutique"),
                boutique.withOptions(options -> options.timeout(Duration.ofSeconds(2))),
                Objects.requireNonNull(payments, "payments"),
                Duration.ofMinutes(15),
                Clock.systemUTC());
    }

    /**
     * Returns a copy that holds the stock for the given time: 1 second to 24 hours, in whole seconds. If a charge takes
     * longer than this time, the order is undone. A run that continues an earlier one extends the hold to this time, but
     * to at most 24 hours after the hold was created. Defaults to 15 minutes.
     *
     * @throws IllegalArgumentException if the time is not within these limits or not in whole seconds
     */
    public Checkout withHoldTime(Duration holdTime) {
        if (Objects.requireNonNull(holdTime, "holdTime").compareTo(Duration.ofSeconds(1)) < 0
                || holdTime.compareTo(Duration.ofHours(24)) > 0
                || holdTime.getNano() > 0) {
            throw new IllegalArgumentException(
                    "holdTime must be 1 second to 24 hours, in whole seconds, but is " + holdTime + ".");
        }
        return new Checkout(boutique, metrics, payments, holdTime, clock);
    }

    /**
     * Returns a copy with the given clock. The clock's time zone determines the date of a transaction. Defaults to the
     * system clock in UTC.
     */
    public Checkout withClock(Clock clock) {
        return new Checkout(boutique, metrics, payments, holdTime, Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Places the order, continues an earlier run of it, or returns the receipt if it has already been placed. Unless
     * the order has already been placed, the run fails if an ordered item does not exist or is not available. The order
     * has the current prices, unless an earlier run has recorded the transaction.
     *
     * <p>If the metric cannot be recorded within two seconds, the order is placed without it.
     *
     * <p>The run undoes nothing if the thread is interrupted, because every call of an interrupted thread fails at
     * once. It also undoes nothing if {@link Payments} throws an {@link Error}, which this method rethrows.
     *
     * @throws CheckoutException if the order was not placed; it contains the reason, the steps that were undone, and
     *     the steps that were not
     * @throws OrderIdReusedException if another cart is already placed or in progress with the id of this order
     * @throws IllegalStateException if the client has no base URL for the inventory or accounting
     */
    public Receipt place(Order order) {
        return new CheckoutRun(Objects.requireNonNull(order, "order"), boutique, metrics, payments, holdTime, clock)
                .place();
    }
}
