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
 * Sets the address and the port on which a service listens. {@code BIND_ADDRESS} sets the address. It defaults to
 * 127.0.0.1, or to 0.0.0.0 if {@code PORT} is set, because a platform that sets {@code PORT} routes requests from other
 * machines to it. {@code PORT} defaults to 8080.
 */
@Order(Ordered.LOWEST_PRECEDENCE - 1) // before StartupChecks, which reads the address
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
