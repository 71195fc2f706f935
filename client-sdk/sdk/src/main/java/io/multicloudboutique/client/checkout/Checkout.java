package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.BoutiqueClient;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * Places orders: checks what is ordered, holds its stock, takes the money, records one transaction, takes the goods out of
 * the stock, and records a metric of the type {@code order}.
 *
 * <pre>{@code
 * var checkout = Checkout.of(boutique, payments);
 * var receipt = checkout.place(Order.of("order-1001", OrderLine.food(1, 2), OrderLine.furniture(2, 1))
 *         .withCustomer("Jane Smith"));
 * }</pre>
 *
 * <p>What fails is undone: the hold is cancelled, the transaction deleted, the money refunded. <strong>Whatever happened, the
 * same order can be placed again with its id</strong>, after a crash too, by another process, days later. That goes on from
 * what there is, and ends in one charge, one transaction and one confirmed hold, or in none of them and the refund made.
 * An order that has been placed is answered with its receipt.
 *
 * <p>Nothing is stored here. What was done is looked up by the order id, which is the {@code reference} of hold and
 * transaction; what was paid is what {@link Payments} says. It is the hold that decides: what was confirmed is never
 * undone, and before anything is undone the hold is cancelled. An order of which nothing is stocked has none: when it is
 * placed again, {@link Payments#charge} is called again.
 *
 * <p>Several runs of an order at the same time place it once if all of them succeed. If one fails, its refund may meet the
 * charge of another: where that can happen, let one run end before the next one starts, with a lock by order id.
 *
 * <p>Immutable, and as thread-safe as its {@link Payments}.
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

    /** Places orders with this client, which needs the base URLs of accounting, inventory and the catalogues in use. */
    public static Checkout of(BoutiqueClient boutique, Payments payments) {
        return new Checkout(
                boutique,
                boutique.withOptions(options -> options.totalTimeout(Duration.ofSeconds(2))),
                Objects.requireNonNull(payments, "payments"),
                Duration.ofMinutes(15),
                Clock.systemUTC());
    }

    /**
     * A copy that holds the stock for this time, in whole seconds, 1 second to 24 hours: longer than a charge takes, or the order
     * is undone. Defaults to 15 minutes.
     */
    public Checkout withHoldTime(Duration holdTime) {
        return new Checkout(boutique, metrics, payments, Objects.requireNonNull(holdTime, "holdTime"), clock);
    }

    /** A copy with this {@code clock}, whose zone decides on the day of a transaction. Defaults to the system's, in UTC. */
    public Checkout withClock(Clock clock) {
        return new Checkout(boutique, metrics, payments, holdTime, Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Places the order, or goes on with it, or finds that it has been placed. What is ordered has to be there and available each
     * time, until it has been placed. Its price is that of this moment, unless an earlier run has recorded it.
     *
     * <p>A metric that cannot be recorded within two seconds is left out, and the order placed all the same.
     *
     * @throws CheckoutException if it was not placed; it says why, what was undone and what was not. An interrupted thread
     *     undoes nothing: its calls fail at once. Nor does an {@link Error} of {@link Payments}, which is thrown on
     * @throws IllegalArgumentException if this order is under way with other lines; nothing is undone then
     * @throws IllegalStateException if the client has no base URL of inventory or accounting
     */
    public Receipt place(Order order) {
        return new CheckoutRun(order, boutique, metrics, payments, holdTime, clock).place();
    }
}
