package io.multicloudboutique.support.telemetry;

import io.micrometer.observation.Observation;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.handler.TracingObservationHandler.TracingContext;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/** Finds and continues the trace of the current work. Thread-safe. */
public final class Traces {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-[0-9a-f]{16}-.*");

    private Traces() {}

    /**
     * Returns the id of the trace that the request belongs to, 32 hexadecimal digits. If tracing is off, it is the id in the
     * caller's {@code traceparent}. Null if the request belongs to no trace.
     */
    public static @Nullable String idOf(ServerWebExchange exchange) {
        var span = ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .map(Traces::span)
                .orElse(null);
        if (span != null) {
            return span.context().traceId();
        }
        var parent = exchange.getRequest().getHeaders().getFirst("traceparent");
        if (parent == null) {
            return null;
        }
        var form = TRACEPARENT.matcher(parent);
        return form.matches() ? form.group(1) : null;
    }

    /** Returns the observation of the current work if its trace is recorded, and null otherwise. */
    public static @Nullable Observation recorded(ContextView context) {
        Observation observation = context.getOrDefault(ObservationThreadLocalAccessor.KEY, null);
        if (observation == null) {
            return null;
        }
        var span = span(observation.getContextView());
        return span != null && Boolean.TRUE.equals(span.context().sampled()) ? observation : null;
    }

    private static @Nullable Span span(Observation.ContextView observation) {
        TracingContext tracing = observation.get(TracingContext.class);
        return tracing == null ? null : tracing.getSpan();
    }

    /**
     * Lets work that serves several requests continue the trace of the first one. The spans of the other requests get a
     * link to it.
     *
     * @param observations the observations of the requests whose traces are recorded; null for each other request
     */
    public static <T> Mono<T> continueFirst(List<@Nullable Observation> observations, Mono<T> work) {
        var recorded = observations.stream().filter(Objects::nonNull).toList();
        if (recorded.isEmpty()) {
            return work;
        }
        var first = recorded.get(0);
        var target = OtelSpan.toOtel(span(first.getContextView())).getSpanContext();
        recorded.stream()
                .skip(1)
                .forEach(other -> OtelSpan.toOtel(span(other.getContextView())).addLink(target));
        return work.contextWrite(context -> context.put(ObservationThreadLocalAccessor.KEY, first));
    }
}
