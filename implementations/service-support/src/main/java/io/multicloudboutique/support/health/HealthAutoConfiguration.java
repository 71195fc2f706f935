package io.multicloudboutique.support.health;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Whether the service can serve: the health operations of every contract. */
@AutoConfiguration
public class HealthAutoConfiguration {

    @Bean
    HealthController healthController(
            @Value("${spring.application.name}") String service,
            DatabaseClient database,
            ApplicationAvailability availability) {
        return new HealthController(service, database, availability);
    }

    /** Ready is who has asked the database once: the first question opens the pool, and a probe would wait too long for that. */
    @Bean
    ApplicationRunner firstQuestion(HealthController health) {
        return arguments -> health.databaseAnswers().block();
    }
}
