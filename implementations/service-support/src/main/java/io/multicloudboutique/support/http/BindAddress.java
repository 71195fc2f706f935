package io.multicloudboutique.support.http;

import io.multicloudboutique.support.StartupRefused;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where a service listens: on 127.0.0.1 unless {@code BIND_ADDRESS} says otherwise; a set {@code PORT} means a platform that
 * routes to it, so it then listens everywhere. Whoever opens it to others has to say how access is protected.
 */
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

        var mode = environment.getProperty("boutique.security.mode");
        if (mode != null && !mode.equals("none")) {
            throw new StartupRefused("BOUTIQUE_SECURITY_MODE can only be none so far, not '" + mode + "'.");
        }
        var effective = environment.getProperty("server.address", address);
        if (!effective.equals("127.0.0.1") && !effective.equals("::1") && !effective.equals("localhost")) {
            requireChosenSecurity(mode, effective);
        }
    }

    private static void requireChosenSecurity(@Nullable String mode, String address) {
        if (mode == null) {
            throw new StartupRefused(
                    "Listening on " + address
                            + " opens this service to others. Set BOUTIQUE_SECURITY_MODE=none if that is meant, or BIND_ADDRESS=127.0.0.1.");
        }
        LoggerFactory.getLogger(BindAddress.class)
                .warn("Everyone who reaches {} can use this service: access is open.", address);
    }
}
