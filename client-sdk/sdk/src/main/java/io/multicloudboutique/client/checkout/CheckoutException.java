package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Signals that an order was not placed, or that the outcome is unknown. The cause is the exception that made the order
 * fail: a {@link BoutiqueException}, such as an {@link InsufficientStockException} with its shortages, or an exception
 * from {@link Payments}. Without a cause, the message contains the complete reason. Exceptions from undoing a step are
 * {@linkplain #getSuppressed() suppressed exceptions}.
 *
 * <p>If {@link #notUndone()} is empty, the order has no effects left, and you can place it again. If the set is not
 * empty, some effects may remain: place the order again, so that a new run can finish or undo it. In both cases, use the
 * same id: the new run continues from the current state.
 */
public final class CheckoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String orderId;
    private final Step failedStep;
    private final EnumSet<Step> undone;
    private final EnumSet<Step> notUndone;

    CheckoutException(String orderId, Step failedStep, EnumSet<Step> undone, EnumSet<Step> notUndone, Exception cause) {
        super(
                "Order " + orderId + (notUndone.isEmpty() ? " was not placed: " : " was not finished: ")
                        + failedStep.doing() + " failed (" + cause.getMessage() + ")."
                        + sentence(" Undone: ", undone)
                        + sentence(" Possibly still in effect: ", notUndone)
                        + (notUndone.isEmpty() ? "" : " To continue, place the order again with the same id."),
                cause instanceof Cart.Refused ? null : cause);
        this.orderId = orderId;
        this.failedStep = failedStep;
        this.undone = undone.clone();
        this.notUndone = notUndone.clone();
    }

    private static String sentence(String start, EnumSet<Step> steps) {
        return steps.isEmpty() ? "" : steps.stream().map(Step::effect).collect(Collectors.joining("; ", start, "."));
    }

    /** The order's id. */
    public String orderId() {
        return orderId;
    }

    /** The step that failed. */
    public Step failedStep() {
        return failedStep;
    }

    /**
     * The steps of this run or of earlier runs that have been undone: any of {@link Step#HOLD}, {@link Step#CHARGE} and
     * {@link Step#RECORD}. After a successful refund, the set contains {@code CHARGE} even if it is unknown whether
     * there was a charge.
     */
    public Set<Step> undone() {
        return Collections.unmodifiableSet(undone);
    }

    /** The steps that have, or may still have, an effect, because undoing them failed or was not safe. */
    public Set<Step> notUndone() {
        return Collections.unmodifiableSet(notUndone);
    }
}
