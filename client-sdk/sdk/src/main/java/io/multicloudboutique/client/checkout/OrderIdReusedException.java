package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.accounting.Transaction;
import io.multicloudboutique.client.inventory.Reservation;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Signals that an order was not placed, because another cart is already placed, or in progress, with the same order id.
 * The refused order has no effects, and nothing of the other order was changed. If both orders have charged the customer,
 * the order id has been paid once, and the payment belongs to the other order. Use a new order id for each cart.
 *
 * <p>Two carts are the same if they contain the same quantities of the same items, in any order of the lines, at the same
 * prices where the order states a price. Changes in the catalogues, such as a new price, do not matter. An order of
 * another customer is also refused if its transaction already names the first customer.
 */
public final class OrderIdReusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String orderId;
    private final @Nullable Long transactionId;
    private final @Nullable UUID reservationId;

    OrderIdReusedException(String orderId, Optional<Transaction> transaction, Optional<Reservation> reservation) {
        super("Order id " + orderId + " is already used for another order: "
                + transaction
                        .map(recorded -> "transaction " + recorded.id() + " records " + recorded.item() + " for "
                                + recorded.price().toPlainString())
                        .or(() -> reservation.map(
                                held -> "reservation " + held.reservationId() + " holds " + held.lines()))
                        .orElseThrow()
                + ". Nothing was changed. Use a new order id.");
        this.orderId = orderId;
        this.transactionId = transaction.map(Transaction::id).orElse(null);
        this.reservationId = reservation.map(Reservation::reservationId).orElse(null);
    }

    /** The order id that is already in use. */
    public String orderId() {
        return orderId;
    }

    /** The id of the transaction that has the order id; empty if the other order is not recorded yet. */
    public Optional<Long> transactionId() {
        return Optional.ofNullable(transactionId);
    }

    /**
     * The id of the active or confirmed hold that has the order id; empty if there is none. If it is confirmed, or if there
     * is none, the transaction's order is placed.
     */
    public Optional<UUID> reservationId() {
        return Optional.ofNullable(reservationId);
    }
}
