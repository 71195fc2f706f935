package io.multicloudboutique.support.telemetry;

import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.stream.Stream;

/** Creates timers whose buckets are the same everywhere, so that dashboards can compare them. */
public final class Histograms {

    private static final Duration[] BOUNDS = Stream.of(
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000)
            .map(microseconds -> Duration.ofNanos(microseconds * 1_000L))
            .toArray(Duration[]::new);

    private Histograms() {}

    /** Returns a timer with buckets from one millisecond to ten seconds. */
    public static Timer.Builder timer(String name) {
        return Timer.builder(name).serviceLevelObjectives(BOUNDS);
    }
}
