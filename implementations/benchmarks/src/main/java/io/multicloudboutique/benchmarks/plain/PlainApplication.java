package io.multicloudboutique.benchmarks.plain;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts the peer "plain". Reads {@code PORT}, {@code SPRING_R2DBC_URL} and {@code INVENTORY_SERVICE_URL}. */
@SpringBootApplication
public class PlainApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(PlainApplication.class)
                .properties(
                        "server.address=127.0.0.1",
                        "server.port=${PORT}",
                        "spring.main.banner-mode=off",
                        "spring.jackson.default-property-inclusion=non_null",
                        "spring.r2dbc.pool.initial-size=12",
                        "spring.r2dbc.pool.max-size=12")
                .run(arguments);
    }
}
