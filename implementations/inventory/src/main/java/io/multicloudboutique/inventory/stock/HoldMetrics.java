package io.multicloudboutique.inventory.stock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.inventory.stock.ReservationRepository.Holds;
import io.multicloudboutique.support.work.PeriodicTask;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Counts the reservations that hold stock, every 15 seconds, so that no scrape waits for the database. */
@Configuration(proxyBeanMethods = false)
class HoldMetrics {

    @Bean
    PeriodicTask countHolds(ReservationRepository reservations, MeterRegistry meters) {
        var latest = new AtomicReference<@Nullable Holds>();
        gauge("active", latest, Holds::active, meters);
        gauge("due", latest, Holds::due, meters);
        return new PeriodicTask(
                "count holds",
                Duration.ofSeconds(15),
                () -> reservations.countHolds().doOnNext(latest::set).doOnError(unknown -> latest.set(null)));
    }

    private static void gauge(
            String state,
            AtomicReference<@Nullable Holds> latest,
            ToDoubleFunction<Holds> count,
            MeterRegistry meters) {
        Gauge.builder("boutique.holds", () -> {
                    var holds = latest.get();
                    return holds == null ? Double.NaN : count.applyAsDouble(holds);
                })
                .description("The reservations that hold stock, up to 100000")
                .tag("state", state)
                .register(meters);
    }
}
