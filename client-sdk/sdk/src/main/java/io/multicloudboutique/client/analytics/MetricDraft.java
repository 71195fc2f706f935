package io.multicloudboutique.client.analytics;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A metric to record: the performance of one transaction. Immutable. */
public final class MetricDraft {

    private final String transactionType;
    private final BigDecimal durationMs;
    private final boolean success;

    private MetricDraft(String transactionType, BigDecimal durationMs, boolean success) {
        this.transactionType = Objects.requireNonNull(transactionType, "transactionType");
        this.durationMs = Objects.requireNonNull(durationMs, "durationMs");
        this.success = success;
    }

    /**
     * Creates a metric.
     *
     * @param transactionType the type of the transaction, 1 to 200 characters
     * @param durationMs the duration in milliseconds, 0 to 86,400,000, with at most three decimal places
     * @param success whether the transaction succeeded
     */
    public static MetricDraft of(String transactionType, BigDecimal durationMs, boolean success) {
        return new MetricDraft(transactionType, durationMs, success);
    }

    /** The type of the transaction, 1 to 200 characters. */
    public String transactionType() {
        return transactionType;
    }

    /** The duration in milliseconds, 0 to 86,400,000, with at most three decimal places. */
    public BigDecimal durationMs() {
        return durationMs;
    }

    /** Whether the transaction succeeded. */
    public boolean success() {
        return success;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetricDraft that
                && Objects.equals(transactionType, that.transactionType)
                && Objects.equals(durationMs, that.durationMs)
                && success == that.success;
    }

    @Override
    public int hashCode() {
        return Objects.hash(transactionType, durationMs, success);
    }

    @Override
    public String toString() {
        return "MetricDraft[transactionType=" + transactionType + ", durationMs=" + durationMs + ", success=" + success
                + "]";
    }
}
