package io.multicloudboutique.client.inventory;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The filters and the page size for a list of reservations. Immutable. */
public final class ReservationQuery {

    private final @Nullable String reference;
    private final @Nullable Integer pageSize;

    private ReservationQuery(@Nullable String reference, @Nullable Integer pageSize) {
        this.reference = reference;
        this.pageSize = pageSize;
    }

    /** Returns a query without filters, with the default page size. */
    public static ReservationQuery all() {
        return new ReservationQuery(null, null);
    }

    /** Returns a copy that matches only reservations with this reference. */
    public ReservationQuery withReference(String reference) {
        return new ReservationQuery(Objects.requireNonNull(reference, "reference"), pageSize);
    }

    /**
     * Returns a copy with the given page size, which is the maximum number of items on a page: 1 to 200. Defaults to
     * 50.
     */
    public ReservationQuery withPageSize(int pageSize) {
        return new ReservationQuery(reference, pageSize);
    }

    /** The reference to match; empty if references are not filtered. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** The maximum number of items on a page, 1 to 200; empty for the default of 50. */
    public Optional<Integer> pageSize() {
        return Optional.ofNullable(pageSize);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReservationQuery that
                && Objects.equals(reference, that.reference)
                && Objects.equals(pageSize, that.pageSize);
    }

    @Override
    public int hashCode() {
        return Objects.hash(reference, pageSize);
    }

    @Override
    public String toString() {
        return "ReservationQuery[reference=" + reference + ", pageSize=" + pageSize + "]";
    }
}
