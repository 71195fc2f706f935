package io.multicloudboutique.support.idempotency;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.database.DatabaseAutoConfiguration;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.work.PeriodicTask;
import io.multicloudboutique.support.work.Retention;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import tools.jackson.databind.json.JsonMapper;

/** Configures idempotency keys and the deletion of expired keys. */
@AutoConfiguration(after = DatabaseAutoConfiguration.class)
public class IdempotencyAutoConfiguration {

    @Bean
    Idempotency idempotency(DatabaseClient database, Transactions transactions, JsonMapper json, MeterRegistry meters) {
        return new Idempotency(database, transactions, json, meters);
    }

    @Bean
    PeriodicTask deleteExpiredKeys(Idempotency idempotency) {
        return Retention.of("idempotency keys", Idempotency.LIFETIME, idempotency::deleteBefore);
    }
}
