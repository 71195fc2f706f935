package io.multicloudboutique.client.checkout;

import java.math.BigDecimal;

/**
 * Charges and refunds orders through a payment provider that the SDK does not know. A {@link Checkout} stores nothing,
 * so its guarantees depend on this contract: <em>the checkout may call both methods any number of times for an order,
 * in one run or in several, and the last call determines whether the order is paid</em>. A run charges before it records
 * the transaction, and again after that, in case an overlapping run has refunded the order in between. To fulfil the contract, store
 * the charges and refunds by order id, or query the payment provider for them. If several threads share the
 * {@link Checkout}, implementations must be thread-safe.
 */
public interface Payments {

    /**
     * Ensures that the order is paid. If the order has a charge that has not been refunded, this method does nothing.
     * If the charge has been refunded, this method charges again or throws; it never returns while the order is
     * refunded. Therefore, the order id alone must not be the idempotency key at the payment provider: the provider
     * would return the old charge, which has been refunded.
     *
     * @param orderId the id of the order
     * @param amount the amount to be paid in the shop's currency, with two decimal places
     * @throws Exception if the order is not paid, if it is unknown whether it is paid, or if it is paid with a
     *     different amount; the exception becomes the cause of the {@link CheckoutException}, and the order is undone
     *     and refunded
     */
    void charge(String orderId, BigDecimal amount) throws Exception;

    /**
     * Ensures that the order is not paid. If the order has no charge, or if the charge has already been refunded, this
     * method does nothing. The checkout also calls this method after a failed charge, which may have taken effect
     * nevertheless, and if an earlier run may have charged.
     *
     * @param orderId the id of the order
     * @throws Exception if the refund was not initiated, or if this is unknown; {@link CheckoutException#notUndone()}
     *     then contains {@link Step#CHARGE}
     */
    void refund(String orderId) throws Exception;
}
