package io.multicloudboutique.client.accounting;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The filters and the page size for a list of transactions. Immutable. */
public final class TransactionQuery {

    private final @Nullable String reference;
    private final @Nullable LocalDate from;
    private final @Nullable LocalDate to;
    private final @Nullable Integer pageSize;

    private TransactionQuery(
            @Nullable String reference, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Integer pageSize) {
        this.reference = reference;
        this.from = from;
        this.to = to;
        this.pageSize = pageSize;
    }

    /** Returns a query without filters, with the default page size. */
    public static TransactionQuery all() {
        return new TransactionQuery(null, null, null, null);
    }

    /** Returns a copy that matches only the transaction with this reference. */
    public TransactionQuery withReference(String reference) {
        return new TransactionQuery(Objects.requireNonNull(reference, "reference"), from, to, pageSize);
    }

    /** Returns a copy that matches only transactions on or after this date. */
    public TransactionQuery withFrom(LocalDate from) {
        return new TransactionQuery(reference, Objects.requireNonNull(from, "from"), to, pageSize);
    }

    /** Returns a copy that matches only transactions before this date. */
    public TransactionQuery withTo(LocalDate to) {
        return new TransactionQuery(reference, from, Objects.requireNonNull(to, "to"), pageSize);
    }

    /**
     * Returns a copy with the given page size, which is the maximum number of items on a page: 1 to 200. Defaults to
     * 50.
     */
    public TransactionQuery withPageSize(int pageSize) {
        return new TransactionQuery(reference, from, to, pageSize);
    }

    /** The reference of the transaction to match; empty if references are not filtered. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** The first date that matches; empty if there is no lower limit. */
    public Optional<LocalDate> from() {
        return Optional.ofNullable(from);
    }

    /** The first date that no longer matches; empty if there is no upper limit. */
    public Optional<LocalDate> to() {
        return Optional.ofNullable(to);
    }

    /** The maximum number of items on a page, 1 to 200; empty for the default of 50. */
    public Optional<Integer> pageSize() {
        return Optional.ofNullable(pageSize);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TransactionQuery that
                && Objects.equals(reference, that.reference)
                && Objects.equals(from, that.from)
                && Objects.equals(to, that.to)
                && Objects.equals(pageSize, that.pageSize);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reference, from, to, pageSize);
    }

    @Override
    public String toString() {
        return "TransactionQuery[reference=" + reference + ", from=" + from + ", to=" + to + ", pageSize=" + pageSize
                + "]";
    }
}
