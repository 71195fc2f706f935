package io.multicloudboutique.inventory.stock;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.work.PeriodicTask;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Expires due reservations and releases their stock within seconds. A request that needs the stock does not wait for this
 * task (see {@link StockLane}). Every instance of the service runs this task
 * repeatedly, with a pause of one second between runs.
 */
@Configuration(proxyBeanMethods = false)
class ReservationExpiry {

    @Bean
    PeriodicTask expireReservations(ReservationService reservations, MeterRegistry meters) {
        var expired = Counter.builder("boutique.holds.expired")
                .description("The reservations that the periodic task of this instance has expired")
                .register(meters);
        return new PeriodicTask(
                "expire reservations",
                Duration.ofSeconds(1),
                () -> reservations.expireDue().doOnNext(expired::increment));
    }
}
