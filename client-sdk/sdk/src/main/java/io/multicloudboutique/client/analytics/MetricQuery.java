package io.multicloudboutique.client.analytics;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The filters and the page size for a list of metrics. Immutable. */
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

    /** Returns a query without filters, with the default page size. */
    public static MetricQuery all() {
        return new MetricQuery(null, null, null, null);
    }

    /** Returns a copy that matches only metrics of this transaction type. */
    public MetricQuery withTransactionType(String transactionType) {
        return new MetricQuery(Objects.requireNonNull(transactionType, "transactionType"), from, to, pageSize);
    }

    /** Returns a copy that matches only metrics that were recorded at or after this time. */
    public MetricQuery withFrom(Instant from) {
        return new MetricQuery(transactionType, Objects.requireNonNull(from, "from"), to, pageSize);
    }

    /** Returns a copy that matches only metrics that were recorded before this time. */
    public MetricQuery withTo(Instant to) {
        return new MetricQuery(transactionType, from, Objects.requireNonNull(to, "to"), pageSize);
    }

    /**
     * Returns a copy with the given page size, which is the maximum number of items on a page: 1 to 200. Defaults to
     * 50.
     */
    public MetricQuery withPageSize(int pageSize) {
        return new MetricQuery(transactionType, from, to, pageSize);
    }

    /** The transaction type to match; empty if types are not filtered. */
    public Optional<String> transactionType() {
        return Optional.ofNullable(transactionType);
    }

    /** The earliest time that matches; empty if there is no lower limit. */
    public Optional<Instant> from() {
        return Optional.ofNullable(from);
    }

    /** The first time that no longer matches; empty if there is no upper limit. */
    public Optional<Instant> to() {
        return Optional.ofNullable(to);
    }

    /** The maximum number of items on a page, 1 to 200; empty for the default of 50. */
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
