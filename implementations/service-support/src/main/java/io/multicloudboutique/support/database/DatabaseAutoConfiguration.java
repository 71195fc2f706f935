package io.multicloudboutique.support.database;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import java.util.TimeZone;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

/** Configures the database of a service, for its queries (R2DBC) and for its schema migrations (Flyway over JDBC). */
@AutoConfiguration(before = R2dbcAutoConfiguration.class)
public class DatabaseAutoConfiguration {

    /**
     * How long a statement waits for a lock. When this time is over, a duplicate of a running request gets the problem
     * {@code request-in-progress}, and every other request gets {@code unavailable}.
     */
    static final Duration LOCK_WAIT = Duration.ofSeconds(2);

    @Bean
    Database database(Environment environment) {
        return Database.from(environment);
    }

    @Bean
    R2dbcConnectionDetails queries(Database database, @Value("${spring.application.name}") String service) {
        var url = database.url();
        return () -> {
            var options = ConnectionFactoryOptions.builder()
                    .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                    .option(ConnectionFactoryOptions.HOST, url.host())
                    .option(ConnectionFactoryOptions.PORT, url.port())
                    .option(ConnectionFactoryOptions.DATABASE, url.database())
                    .option(ConnectionFactoryOptions.USER, url.user())
                    .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, Duration.ofSeconds(2))
                    .option(PostgresqlConnectionFactoryProvider.SSL_MODE, SSLMode.fromValue(url.sslMode()))
                    .option(PostgresqlConnectionFactoryProvider.SCHEMA, service)
                    .option(PostgresqlConnectionFactoryProvider.APPLICATION_NAME, service)
                    .option(PostgresqlConnectionFactoryProvider.LOCK_WAIT_TIMEOUT, LOCK_WAIT)
                    .option(PostgresqlConnectionFactoryProvider.STATEMENT_TIMEOUT, Duration.ofSeconds(30))
                    // By default, timestamps have the time zone of the JVM. Values derived from them would then differ
                    // between instances.
                    .option(PostgresqlConnectionFactoryProvider.TIME_ZONE, TimeZone.getTimeZone("UTC"))
                    .option(PostgresqlConnectionFactoryProvider.TCP_KEEPALIVE, true);
            if (url.password() != null) {
                options.option(ConnectionFactoryOptions.PASSWORD, url.password());
            }
            return options.build();
        };
    }

    /** Migrates the service's schema before the service accepts requests. */
    @Bean
    Migrations migrations(Database database, @Value("${spring.application.name}") String service) {
        var url = database.url();
        return new Migrations(Flyway.configure()
                .dataSource(url.jdbcUrl(), url.user(), url.password())
                .defaultSchema(service)
                .schemas(service)
                .locations("classpath:db/support", "classpath:db/" + service)
                .load());
    }

    @Bean
    Transactions transactions(ReactiveTransactionManager manager) {
        return new Transactions(TransactionalOperator.create(manager));
    }
}
