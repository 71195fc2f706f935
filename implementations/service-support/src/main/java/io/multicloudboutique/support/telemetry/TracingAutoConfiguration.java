package io.multicloudboutique.support.telemetry;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.regex.Pattern;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.otlp.OtlpTracingAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxObservationAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Configures traces, which exist only if an OTLP endpoint for them is set. The observations of a service create spans and
 * nothing else; the metrics have sources of their own.
 */
@AutoConfiguration(
        after = {OpenTelemetryTracingAutoConfiguration.class, OtlpTracingAutoConfiguration.class},
        before = WebFluxObservationAutoConfiguration.class)
public class TracingAutoConfiguration {

    /** Probes and scrapes arrive every few seconds, and their traces would hide the others. */
    private static final Pattern UNTRACED = Pattern.compile("/(health|livez|readyz|actuator/.*)");

    @Bean
    @ConditionalOnBean(SpanExporter.class)
    ObservationRegistry tracedObservations(Tracer tracer, Propagator propagator) {
        var observations = ObservationRegistry.create();
        observations
                .observationConfig()
                .observationHandler(new FirstMatchingCompositeObservationHandler(
                        new ServerSpanHandler(tracer, propagator),
                        new ClientSpanHandler(tracer, propagator),
                        new DefaultTracingObservationHandler(tracer)))
                .observationPredicate((name, context) -> isTraced(context));
        return observations;
    }

    private static boolean isTraced(Observation.Context context) {
        return !(context instanceof ServerRequestObservationContext request)
                || !UNTRACED.matcher(request.getCarrier()
                                .getPath()
                                .pathWithinApplication()
                                .value())
                        .matches();
    }

    @Bean
    @ConditionalOnMissingBean(ObservationRegistry.class)
    ObservationRegistry noObservations() {
        return ObservationRegistry.NOOP;
    }

    @Bean
    ServerSpans serverSpans() {
        return new ServerSpans();
    }
}
