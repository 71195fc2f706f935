package io.multicloudboutique.support.http;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where a service listens: on 127.0.0.1 unless {@code BIND_ADDRESS} says otherwise; a set {@code PORT} means a platform that
 * routes to it, so it then listens everywhere.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 1) // before the rules on who may listen where
class BindAddress implements EnvironmentPostProcessor {

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var port = environment.getProperty("PORT");
        var address = environment.getProperty("BIND_ADDRESS", port == null ? "127.0.0.1" : "0.0.0.0");
        var properties = new HashMap<String, Object>();
        properties.put("server.address", address);
        properties.put("server.port", port == null ? "8080" : port);
        environment
                .getPropertySources()
                .addLast(new MapPropertySource("boutique bind address", Map.copyOf(properties)));
    }
}
