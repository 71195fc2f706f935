package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.BoutiqueClient;
import java.time.Clock;
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
 * undone, and before anything is undone the hold is cancelled. So two runs of an order at the same time do no harm, but where
 * nothing of it is stocked, or where a run is stopped for longer than another one needs from start to end.
 *
 * <p>Immutable, and as thread-safe as its {@link Payments}.
 */
public final class Checkout {

    private final BoutiqueClient boutique;
    private final Payments payments;
    private final Clock clock;

    private Checkout(BoutiqueClient boutique, Payments payments, Clock clock) {
        this.boutique = boutique;
        this.payments = payments;
        this.clock = clock;
    }

    /** Places orders with this client, which needs the base URLs of accounting, inventory and the catalogues in use. */
    public static Checkout of(BoutiqueClient boutique, Payments payments) {
        return new Checkout(
                Objects.requireNonNull(boutique, "boutique"),
                Objects.requireNonNull(payments, "payments"),
                Clock.systemUTC());
    }

    /** A copy with this {@code clock}, whose zone decides on the day of a transaction. Defaults to the system's, in UTC. */
    public Checkout withClock(Clock clock) {
        return new Checkout(boutique, payments, Objects.requireNonNull(clock, "clock"));
    }

    /**
     * Places the order, or goes on with it, or finds that it has been placed. Price and availability are those of this moment,
     * unless the order's transaction exists. Stock is held for a quarter of an hour: if the charge takes longer, the order is
     * undone.
     *
     * <p>A metric that cannot be recorded is left out, and the order placed all the same.
     *
     * @throws CheckoutException if it was not placed; it says why, what was undone and what was not. An interrupted thread
     *     undoes nothing: its calls fail at once
     * @throws IllegalStateException if the client has no base URL of inventory or accounting
     */
    public Receipt place(Order order) {
        return new Placement(order, boutique, payments, clock).place();
    }
}
