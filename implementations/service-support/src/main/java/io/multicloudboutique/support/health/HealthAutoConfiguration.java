package io.multicloudboutique.support.health;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Whether the service can serve. */
@AutoConfiguration
public class HealthAutoConfiguration {

    @Bean
    HealthCheck healthCheck(@Value("${spring.application.name}") String service, DatabaseClient database) {
        return new HealthCheck(service, database);
    }
}
