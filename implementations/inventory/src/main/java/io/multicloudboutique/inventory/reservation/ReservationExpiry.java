package io.multicloudboutique.inventory.reservation;

import io.multicloudboutique.support.work.PeriodicTask;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Expires due reservations and releases their stock within seconds. Every instance runs this task, one second after its
 * last run.
 */
@Configuration(proxyBeanMethods = false)
class ReservationExpiry {

    @Bean
    PeriodicTask expireReservations(ReservationService reservations) {
        return new PeriodicTask("expire reservations", Duration.ofSeconds(1), reservations::expireDue);
    }
}
