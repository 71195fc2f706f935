package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.work.PeriodicTask;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Expires due reservations and releases their stock within seconds. Every instance of the service runs this task
 * repeatedly, with a pause of one second between runs.
 */
@Configuration(proxyBeanMethods = false)
class ReservationExpiry {

    @Bean
    PeriodicTask expireReservations(ReservationService reservations) {
        return new PeriodicTask("expire reservations", Duration.ofSeconds(1), reservations::expireDue);
    }
}
