package io.multicloudboutique.client.checkout;

import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An order that was not placed, or of which nobody knows yet. Its cause is why: a
 * {@link BoutiqueException}, such as an
 * {@link InsufficientStockException} with its shortages, or what {@link Payments} threw; without a cause, the message says all.
 * Failures to undo a step are {@linkplain #getSuppressed() suppressed} ones.
 *
 * <p>If {@link #notUndone()} is empty, nothing is left of the order. If not, or if it is to be tried once more, place it again
 * with the same id: that goes on from what there is.
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
                        + sentence(" Not undone, or not known: ", notUndone)
                        + (notUndone.isEmpty() ? "" : " Place it again with the same id, which goes on from there."),
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

    /** What failed. */
    public Step failedStep() {
        return failedStep;
    }

    /**
     * What had been done, by this run or an earlier one, and was undone: of {@link Step#HOLD}, {@link Step#CHARGE} and
     * {@link Step#RECORD}. A charge that nobody knows of counts when its refund was made.
     */
    public Set<Step> undone() {
        return Collections.unmodifiableSet(undone);
    }

    /** What is still done, or may be, since undoing it failed or was not safe. */
    public Set<Step> notUndone() {
        return Collections.unmodifiableSet(notUndone);
    }
}
