package io.multicloudboutique.inventory.reservation;

import io.multicloudboutique.support.work.PeriodicTask;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Returns the stock of reservations that are past their time, within seconds; every instance takes part. */
@Configuration(proxyBeanMethods = false)
class ReservationExpiry {

    @Bean
    PeriodicTask expireReservations(ReservationService carts) {
        return new PeriodicTask("expire reservations", Duration.ofSeconds(1), carts::expireDue);
    }
}
