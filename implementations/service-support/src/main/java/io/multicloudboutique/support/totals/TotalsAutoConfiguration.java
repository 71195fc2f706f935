package io.multicloudboutique.support.totals;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** Configures {@link Totals}. */
@AutoConfiguration
public class TotalsAutoConfiguration {

    @Bean
    Totals totals(DatabaseClient database) {
        return new Totals(database);
    }
}
