package io.multicloudboutique.client.checkout;

import java.math.BigDecimal;

/**
 * Takes and returns the money of orders, with a payment provider that the SDK knows nothing of. {@link Checkout} has no
 * store of its own, so what it promises rests on this: <em>both methods can be called any number of times for an order,
 * by later runs too, and what stands afterwards is decided by the last of them</em>. To keep that, remember by order id what was
 * charged and refunded, or ask the provider for it. As thread-safe as the {@link Checkout} is to be.
 */
public interface Payments {

    /**
     * Makes sure that the order is paid. If a charge of this order stands, it does nothing. If it was refunded, it takes
     * the money again, or throws; it never returns with the refund standing. A key of the payment provider that is the order
     * id and no more would do just that: answer with the charge that was since refunded.
     *
     * @param orderId the order
     * @param amount what is to be paid, in the shop's currency, with at most two decimals
     * @throws Exception which becomes the cause of the {@link CheckoutException}: if it is not paid, or nobody knows whether it is, or it is paid with another amount; the order is then
     *     undone, and refunded
     */
    void charge(String orderId, BigDecimal amount) throws Exception;

    /**
     * Makes sure that the order is not paid. If no charge of it stands, it does nothing: it is called too when a charge
     * failed, since that may have taken the money nevertheless, and when an earlier run may have charged.
     *
     * @param orderId the order
     * @throws Exception if the money is not on its way back; {@link CheckoutException#notUndone()} then has
     *     {@link Step#CHARGE}
     */
    void refund(String orderId) throws Exception;
}
