package io.multicloudboutique.client.inventory;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which reservations to list. Immutable.
 */
public final class ReservationQuery {

    private final @Nullable String reference;
    private final @Nullable Integer pageSize;

    private ReservationQuery(@Nullable String reference, @Nullable Integer pageSize) {
        this.reference = reference;
        this.pageSize = pageSize;
    }

    /** All of them. */
    public static ReservationQuery all() {
        return new ReservationQuery(null, null);
    }

    /** A copy with this {@code reference}: only those with this reference. */
    public ReservationQuery withReference(String reference) {
        return new ReservationQuery(Objects.requireNonNull(reference, "reference"), pageSize);
    }

    /** A copy with this {@code pageSize}: how many a page has at the most, 1 to 200. Defaults to 50. */
    public ReservationQuery withPageSize(int pageSize) {
        return new ReservationQuery(reference, pageSize);
    }

    /** Only those with this reference. Empty if it is not set. */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    /** How many a page has at the most, 1 to 200. Defaults to 50. Empty if it is not set. */
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
