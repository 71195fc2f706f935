package io.multicloudboutique.support.health;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Configures the health operations, which are the same in every contract. */
@AutoConfiguration
public class HealthAutoConfiguration {

    @Bean
    HealthController healthController(
            @Value("${spring.application.name}") String service,
            DatabaseClient database,
            ApplicationAvailability availability) {
        return new HealthController(service, database, availability);
    }
}
