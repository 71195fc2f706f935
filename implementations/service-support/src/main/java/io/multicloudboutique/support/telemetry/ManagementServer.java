package io.multicloudboutique.support.telemetry;

import io.multicloudboutique.support.StartupRefused;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Sets the address and the port of the management server, which serves the metrics. {@code MANAGEMENT_ADDRESS} sets the
 * address. It defaults to 127.0.0.1, because the management server asks for no credentials. {@code MANAGEMENT_PORT}
 * defaults to the service's port plus 1000. It is never the service's own port. Metrics are pushed only to an OTLP
 * endpoint that is set.
 */
@Order(Ordered.LOWEST_PRECEDENCE) // after BindAddress, which sets the service's port
class ManagementServer implements EnvironmentPostProcessor {

    private static final String PORT = "management.server.port";
    private static final int OFFSET = 1000;
    private static final int HIGHEST = 65535;

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var address = environment.getProperty("MANAGEMENT_ADDRESS");
        environment
                .getPropertySources()
                .addLast(new MapPropertySource(
                        "boutique management server",
                        Map.of(
                                "management.server.address",
                                StringUtils.hasText(address) ? address : "127.0.0.1",
                                PORT,
                                port(environment),
                                "management.otlp.metrics.export.enabled",
                                hasOtlpEndpoint(environment))));
    }

    private static int port(ConfigurableEnvironment environment) {
        var servicePort = environment.getProperty("server.port", Integer.class, 0);
        var port = environment.containsProperty(PORT)
                ? environment.getRequiredProperty(PORT, Integer.class)
                : port(environment.getProperty("MANAGEMENT_PORT"), servicePort);
        if (port == servicePort && port != 0) {
            throw new StartupRefused("MANAGEMENT_PORT must differ from the port of the service, " + port
                    + ", because the management server asks for no credentials.");
        }
        return port;
    }

    private static int port(@Nullable String set, int servicePort) {
        if (StringUtils.hasText(set)) {
            if (!set.matches("[0-9]{1,5}") || Integer.parseInt(set) > HIGHEST) {
                throw new StartupRefused("MANAGEMENT_PORT must be a number from 0 to " + HIGHEST + ".");
            }
            return Integer.parseInt(set);
        }
        if (servicePort + OFFSET > HIGHEST) {
            throw new StartupRefused("The management port would be " + (servicePort + OFFSET)
                    + ", the port of the service plus " + OFFSET + ". Set MANAGEMENT_PORT to another port.");
        }
        return servicePort == 0 ? 0 : servicePort + OFFSET;
    }

    /** Returns whether metrics are pushed. Spring Boot would push them to localhost by default. */
    private static boolean hasOtlpEndpoint(ConfigurableEnvironment environment) {
        return Stream.of(
                        "management.otlp.metrics.export.url",
                        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
                        "OTEL_EXPORTER_OTLP_ENDPOINT")
                .anyMatch(name -> StringUtils.hasText(environment.getProperty(name)));
    }
}
