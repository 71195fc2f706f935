package io.multicloudboutique.support.batching;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.multicloudboutique.support.telemetry.Histograms;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The metrics of a {@link Batcher}. All times are in nanoseconds. Thread-safe. */
final class BatchMetrics {

    private static final String LANE = "lane";
    private static final String DURATION = "boutique.batch.duration";

    private final DistributionSummary size;
    private final Timer wait;
    private final Timer success;
    private final Timer error;
    private final Counter rejected;

    BatchMetrics(String lane, MeterRegistry meters, IntSupplier waiting) {
        size = DistributionSummary.builder("boutique.batch.size")
                .description("The number of requests in a batch")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128)
                .tag(LANE, lane)
                .register(meters);
        wait = Histograms.timer("boutique.batch.wait")
                .description("The time that a request waits until its batch starts")
                .tag(LANE, lane)
                .register(meters);
        success = duration(lane, "success", meters);
        error = duration(lane, "error", meters);
        rejected = Counter.builder("boutique.batch.rejected")
                .description("The requests that were rejected because too many were waiting")
                .tag(LANE, lane)
                .register(meters);
        Gauge.builder("boutique.batch.waiting", waiting::getAsInt)
                .description("The weight of the requests that wait for a batch")
                .tag(LANE, lane)
                .register(meters);
    }

    private static Timer duration(String lane, String outcome, MeterRegistry meters) {
        return Histograms.timer(DURATION)
                .description("The time from the start of an attempt to run a batch until its answers")
                .tags(LANE, lane, "outcome", outcome)
                .register(meters);
    }

    void began(int requests) {
        size.record(requests);
    }

    void waited(long time) {
        wait.record(time, TimeUnit.NANOSECONDS);
    }

    void succeeded(long time) {
        success.record(time, TimeUnit.NANOSECONDS);
    }

    void failed(long time) {
        error.record(time, TimeUnit.NANOSECONDS);
    }

    void rejected() {
        rejected.increment();
    }
}
