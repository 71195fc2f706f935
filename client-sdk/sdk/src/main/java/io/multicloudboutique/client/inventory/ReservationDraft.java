package io.multicloudboutique.client.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A cart to be held, either completely or not at all. Immutable. */
public final class ReservationDraft {

    private static final long LONGEST_TTL = Duration.ofHours(24).toSeconds();

    private final List<ReservationLine> lines;
    private final @Nullable Duration ttl;
    private final @Nullable String reference;

    private ReservationDraft(List<ReservationLine> lines, @Nullable Duration ttl, @Nullable String reference) {
        this.lines = List.copyOf(lines);
        this.ttl = ttl;
        this.reference = reference;
    }

    /** Creates a reservation with 1 to 50 lines. The quantities of several lines for the same product are added up. */
    public static ReservationDraft of(List<ReservationLine> lines) {
        return new ReservationDraft(lines, null, null);
    }

    /**
     * Returns a copy that is held for the given time: 1 second to 24 hours, in whole seconds. Defaults to 15 minutes.
     *
     * @throws IllegalArgumentException if the time is not within these limits or not in whole seconds
     */
    public ReservationDraft withTtl(Duration ttl) {
        if (ttl.toNanosPart() > 0 || ttl.toSeconds() < 1 || ttl.toSeconds() > LONGEST_TTL) {
            throw new IllegalArgumentException(
                    "The duration of a hold must be 1 second to 24 hours, in whole seconds, but is " + ttl + ".");
        }
        return new ReservationDraft(lines, ttl, reference);
    }

    /**
     * Returns a copy with the given reference: your own identifier, such as an order id, 1 to 100 characters. Only one
     * active or confirmed reservation can have a given reference.
     */
    public ReservationDraft withReference(String reference) {
        return new ReservationDraft(lines, ttl, Objects.requireNonNull(reference, "reference"));
    }

    /** The products and quantities to hold, 1 to 50 lines. */
    public List<ReservationLine> lines() {
        return lines;
    }

    /**
     * The time for which the cart is held: 1 second to 24 hours, in whole seconds; empty for the default of 15 minutes.
     */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(ttl);
    }

    /**
     * Your own identifier, such as an order id; empty if it is not set. Only one active or confirmed reservation can
     * have a given reference.
     */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReservationDraft that
                && Objects.equals(lines, that.lines)
                && Objects.equals(ttl, that.ttl)
                && Objects.equals(reference, that.reference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lines, ttl, reference);
    }

    @Override
    public String toString() {
        return "ReservationDraft[lines=" + lines + ", ttl=" + ttl + ", reference=" + reference + "]";
    }
}
