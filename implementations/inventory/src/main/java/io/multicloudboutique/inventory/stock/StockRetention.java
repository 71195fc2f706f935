package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.work.PeriodicTask;
import io.multicloudboutique.support.work.Retention;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Deletes old movements and reservations if {@code BOUTIQUE_RETENTION_MOVEMENTS} or {@code …_RESERVATIONS} is set. */
@Configuration(proxyBeanMethods = false)
class StockRetention {

    @Bean
    @ConditionalOnProperty("boutique.retention.movements")
    PeriodicTask deleteOldMovements(
            @Value("${boutique.retention.movements}") Duration period, MovementRepository movements) {
        return Retention.of("movements", period, movements::deleteBefore);
    }

    @Bean
    @ConditionalOnProperty("boutique.retention.reservations")
    PeriodicTask deleteOldReservations(
            @Value("${boutique.retention.reservations}") Duration period, ReservationRepository reservations) {
        return Retention.of("reservations", period, reservations::deleteEndedBefore);
    }
}
