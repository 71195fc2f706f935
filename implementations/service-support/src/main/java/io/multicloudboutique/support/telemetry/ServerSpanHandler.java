package io.multicloudboutique.support.telemetry;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.StatusCode;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;

/**
 * Creates the span of a request, as a child of the caller's span. Only responses with a 5xx status are errors of the
 * service. The span has no exception, because its message may contain personal data. The log has it.
 */
final class ServerSpanHandler extends PropagatingReceiverTracingObservationHandler<ServerRequestObservationContext> {

    ServerSpanHandler(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    @Override
    public void onError(ServerRequestObservationContext context) {}

    @Override
    public void customizeReceiverSpan(ServerRequestObservationContext context, Span span) {
        var status = context.getResponse().getStatusCode();
        if (status != null && status.is5xxServerError()) {
            span.tag("error.type", Integer.toString(status.value()));
            OtelSpan.toOtel(span).setStatus(StatusCode.ERROR);
        }
    }
}
