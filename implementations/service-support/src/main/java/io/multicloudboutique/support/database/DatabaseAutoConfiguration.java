package io.multicloudboutique.support.database;

import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/** Configures the database of a service, for its queries (R2DBC) and for its schema migrations (Flyway over JDBC). */
@AutoConfiguration(before = R2dbcAutoConfiguration.class)
@EnableConfigurationProperties({R2dbcProperties.class, SchemaSettings.class})
public class DatabaseAutoConfiguration {

    @Bean
    Database database(Environment environment) {
        return Database.from(environment);
    }

    @Bean
    Connections connections(
            Database database,
            R2dbcProperties settings,
            SchemaSettings schema,
            @Value("${spring.application.name}") String service,
            ObservationRegistry observations) {
        return new Connections(database.url(), schema.nameFor(service), settings.getPool(), observations);
    }

    /** Opens the first connections before the service becomes ready, because that takes too long for a request. */
    @Bean
    ApplicationRunner firstConnections(Connections connections) {
        return arguments -> connections
                .warmUp()
                .timeout(Duration.ofSeconds(10))
                .onErrorComplete()
                .block();
    }

    /** Migrates the service's schema before the service accepts requests. */
    @Bean
    Migrations migrations(
            Database database, SchemaSettings schema, @Value("${spring.application.name}") String service) {
        return new Migrations(
                flyway(database.url(), schema.nameFor(service), "classpath:db/support", "classpath:db/" + service));
    }

    /** A short wait for locks, because the statements of the instances that still serve wait behind a waiting migration. */
    static Flyway flyway(DatabaseUrl url, String schema, String... locations) {
        return Flyway.configure()
                .dataSource(new JdbcConnections(url))
                .initSql("SET lock_timeout = '500ms'")
                .defaultSchema(schema)
                .schemas(schema)
                .locations(locations)
                .load();
    }

    @Bean
    Transactions transactions(Connections connections) {
        return new Transactions(connections);
    }
}
