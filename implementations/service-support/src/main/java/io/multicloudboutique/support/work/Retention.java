package io.multicloudboutique.support.work;

import io.multicloudboutique.support.StartupRefused;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Deletes rows that are older than a retention period, in small steps, so that no lock is held for long. */
public final class Retention {

    /** The maximum number of rows that one step deletes. */
    public static final int STEP = 1000;

    private static final Duration PAUSE = Duration.ofMinutes(10);

    private Retention() {}

    /**
     * Returns a task that deletes old rows when the service starts and every ten minutes. Several instances may do this
     * at the same time.
     *
     * @param rows the name of the rows, which is also the last part of the setting's name, such as {@code movements}
     * @param period how long the rows are kept
     * @param deleteSome deletes up to {@value #STEP} rows from before this time, and returns their number
     * @throws StartupRefused if the period is not positive
     */
    public static PeriodicTask of(String rows, Duration period, Function<OffsetDateTime, Mono<Long>> deleteSome) {
        if (period.isZero() || period.isNegative()) {
            throw new StartupRefused("BOUTIQUE_RETENTION_" + rows.toUpperCase(Locale.ROOT)
                    + " must be longer than zero, such as 90d for 90 days.");
        }
        return new PeriodicTask(
                "delete old " + rows,
                PAUSE,
                () -> deleteAll(() ->
                        deleteSome.apply(OffsetDateTime.now(ZoneOffset.UTC).minus(period))));
    }

    private static Mono<Long> deleteAll(Supplier<Mono<Long>> deleteSome) {
        return deleteSome
                .get()
                .expand(deleted -> deleted < STEP ? Mono.empty() : deleteSome.get())
                .reduce(0L, Long::sum);
    }
}
