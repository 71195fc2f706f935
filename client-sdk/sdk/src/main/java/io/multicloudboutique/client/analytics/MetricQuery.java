package io.multicloudboutique.client.analytics;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which metrics to list. Immutable.
 */
public final class MetricQuery {

    private final @Nullable String transactionType;
    private final @Nullable Instant from;
    private final @Nullable Instant to;
    private final @Nullable Integer pageSize;

    private MetricQuery(
            @Nullable String transactionType,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Integer pageSize) {
        this.transactionType = transactionType;
        this.from = from;
        this.to = to;
        this.pageSize = pageSize;
    }

    /** All of them. */
    public static MetricQuery all() {
        return new MetricQuery(null, null, null, null);
    }

    /** A copy with this {@code transactionType}: only those of this type. */
    public MetricQuery withTransactionType(String transactionType) {
        return new MetricQuery(Objects.requireNonNull(transactionType, "transactionType"), from, to, pageSize);
    }

    /** A copy with this {@code from}: only those recorded at this moment or after it. */
    public MetricQuery withFrom(Instant from) {
        return new MetricQuery(transactionType, Objects.requireNonNull(from, "from"), to, pageSize);
    }

    /** A copy with this {@code to}: only those recorded before this moment. */
    public MetricQuery withTo(Instant to) {
        return new MetricQuery(transactionType, from, Objects.requireNonNull(to, "to"), pageSize);
    }

    /** A copy with this {@code pageSize}: how many a page has at the most, 1 to 200. Defaults to 50. */
    public MetricQuery withPageSize(int pageSize) {
        return new MetricQuery(transactionType, from, to, pageSize);
    }

    /** Only those of this type. Empty if it is not set. */
    public Optional<String> transactionType() {
        return Optional.ofNullable(transactionType);
    }

    /** Only those recorded at this moment or after it. Empty if it is not set. */
    public Optional<Instant> from() {
        return Optional.ofNullable(from);
    }

    /** Only those recorded before this moment. Empty if it is not set. */
    public Optional<Instant> to() {
        return Optional.ofNullable(to);
    }

    /** How many a page has at the most, 1 to 200. Defaults to 50. Empty if it is not set. */
    public Optional<Integer> pageSize() {
        return Optional.ofNullable(pageSize);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MetricQuery that
                && Objects.equals(transactionType, that.transactionType)
                && Objects.equals(from, that.from)
                && Objects.equals(to, that.to)
                && Objects.equals(pageSize, that.pageSize);
    }

    @Override
    public int hashCode() {
        return Objects.hash(transactionType, from, to, pageSize);
    }

    @Override
    public String toString() {
        return "MetricQuery[transactionType=" + transactionType + ", from=" + from + ", to=" + to + ", pageSize="
                + pageSize + "]";
    }
}
