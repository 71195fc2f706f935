package io.multicloudboutique.client.inventory;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cart to hold, whole or not at all. Immutable.
 */
public final class NewReservation {

    private static final long LONGEST_TTL = Duration.ofHours(24).toSeconds();

    private final List<ReservationLine> lines;
    private final @Nullable Duration ttl;
    private final @Nullable String reference;

    private NewReservation(List<ReservationLine> lines, @Nullable Duration ttl, @Nullable String reference) {
        this.lines = List.copyOf(lines);
        this.ttl = ttl;
        this.reference = reference;
    }

    /** Holds these lines. */
    public static NewReservation of(List<ReservationLine> lines) {
        return new NewReservation(lines, null, null);
    }

    /**
     * A copy with this {@code ttl}: for how long, in whole seconds, 1 second to 24 hours. Defaults to 15 minutes.
     *
     * @throws IllegalArgumentException if it is not of whole seconds, or out of these bounds
     */
    public NewReservation withTtl(Duration ttl) {
        if (ttl.toNanosPart() > 0 || ttl.toSeconds() < 1 || ttl.toSeconds() > LONGEST_TTL) {
            throw new IllegalArgumentException(
                    "A hold lasts 1 second to 24 hours, in whole seconds, which " + ttl + " is not.");
        }
        return new NewReservation(lines, ttl, reference);
    }

    /**
     * A copy with this {@code reference}: your own name for it, an order id for example. Only one active or confirmed
     * reservation can have it.
     */
    public NewReservation withReference(String reference) {
        return new NewReservation(lines, ttl, Objects.requireNonNull(reference, "reference"));
    }

    /** What to hold, 1 to 50 lines. */
    public List<ReservationLine> lines() {
        return lines;
    }

    /** For how long, in whole seconds, 1 second to 24 hours. Defaults to 15 minutes. Empty if it is not set. */
    public Optional<Duration> ttl() {
        return Optional.ofNullable(ttl);
    }

    /**
     * Your own name for it, an order id for example. Only one active or confirmed reservation can have it. Empty if it
     * is not set.
     */
    public Optional<String> reference() {
        return Optional.ofNullable(reference);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewReservation that
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
        return "NewReservation[lines=" + lines + ", ttl=" + ttl + ", reference=" + reference + "]";
    }
}
