package io.multicloudboutique.client.accounting;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which transactions to list. Immutable.
 */
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

    /** All of them. */
    public static TransactionQuery all() {
        return new TransactionQuery(null, null, null, null);
    }

    /** A copy with this {@code reference}: only the one with this reference. */
    public TransactionQuery withReference(String reference) {
        return new TransactionQuery(Objects.requireNonNull(reference, "reference"), from, to, pageSize);
    }

    /** A copy with this {@code from}: only those of this day or later. */
    public TransactionQuery withFrom(LocalDate from) {
        return new TransactionQuery(reference, Objects.requireNonNull(from, "from"), to, pageSize);
    }

    /** A copy with this {@code to}: only those before this day. */
    public TransactionQuery withTo(LocalDate to) {
        return new TransactionQuery(reference, from, Objects.requireNonNull(to, "to"), pageSize);
    }

    /** A copy with this {@code pageSize}: how many a page has at the most, 1 to 200. Defaults to 50. */
    public TransactionQuery withPageSize(int pageSize) {
        return new TransactionQuery(reference, from, to, pageSize);
    }

    /** Only the one with this reference. Empty if it is not set. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** Only those of this day or later. Empty if it is not set. */
    public Optional<LocalDate> from() {
        return Optional.ofNullable(from);
    }

    /** Only those before this day. Empty if it is not set. */
    public Optional<LocalDate> to() {
        return Optional.ofNullable(to);
    }

    /** How many a page has at the most, 1 to 200. Defaults to 50. Empty if it is not set. */
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
