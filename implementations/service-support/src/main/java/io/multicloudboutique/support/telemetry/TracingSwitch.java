package io.multicloudboutique.support.telemetry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.NoopTracerAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.logging.OpenTelemetryLoggingAutoConfiguration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.StringUtils;

/**
 * Removes Spring Boot's tracing from a service that has no OTLP endpoint for traces. Such a service creates no tracer and no
 * thread for it. Where tracing is on, {@link TracingAutoConfiguration} replaces Spring Boot's observations, which would
 * measure all requests a second time.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
class TracingSwitch implements EnvironmentPostProcessor {

    private static final List<Class<?>> NEVER = List.of(
            ObservationAutoConfiguration.class,
            MicrometerTracingAutoConfiguration.class,
            NoopTracerAutoConfiguration.class,
            OpenTelemetryLoggingAutoConfiguration.class);

    private static final List<Class<?>> TRACING = List.of(
            OpenTelemetrySdkAutoConfiguration.class,
            OpenTelemetryTracingAutoConfiguration.class,
            OtlpTracingAutoConfiguration.class);

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        var excluded = new ArrayList<>(NEVER);
        if (!hasEndpoint(environment)) {
            excluded.addAll(TRACING);
        }
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "boutique tracing",
                        Map.of(
                                "spring.autoconfigure.exclude",
                                String.join(
                                        ",",
                                        excluded.stream().map(Class::getName).toList()),
                                // Log lines name the trace in a way of their own.
                                LoggingSystem.EXPECT_CORRELATION_ID_PROPERTY,
                                false)));
    }

    private static boolean hasEndpoint(ConfigurableEnvironment environment) {
        return !"none".equals(environment.getProperty("OTEL_TRACES_EXPORTER"))
                && Stream.of(
                                "management.opentelemetry.tracing.export.otlp.endpoint",
                                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
                                "OTEL_EXPORTER_OTLP_ENDPOINT")
                        .anyMatch(name -> StringUtils.hasText(environment.getProperty(name)));
    }
}
