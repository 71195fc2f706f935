package io.multicloudboutique.support.telemetry;

import io.micrometer.observation.transport.SenderContext;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelSpan;
import io.micrometer.tracing.propagation.Propagator;
import io.opentelemetry.api.trace.StatusCode;
import io.r2dbc.spi.R2dbcException;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;

/**
 * Creates the spans of requests to upstream services and of SQL statements. The span of a failure has its type, but no
 * message, because the message may contain personal data.
 */
final class ClientSpanHandler extends PropagatingSenderTracingObservationHandler<SenderContext<?>> {

    ClientSpanHandler(Tracer tracer, Propagator propagator) {
        super(tracer, propagator);
    }

    @Override
    public void onError(SenderContext<?> context) {
        var error = context.getError();
        if (error != null) {
            fail(
                    getRequiredSpan(context),
                    error instanceof R2dbcException refusal && refusal.getSqlState() != null
                            ? refusal.getSqlState()
                            : error.getClass().getName());
        }
    }

    @Override
    public void customizeSenderSpan(SenderContext<?> context, Span span) {
        if (context instanceof ClientRequestObservationContext call
                && call.getResponse() != null
                && call.getResponse().statusCode().isError()) {
            fail(span, Integer.toString(call.getResponse().statusCode().value()));
        }
    }

    private static void fail(Span span, String type) {
        span.tag("error.type", type);
        OtelSpan.toOtel(span).setStatus(StatusCode.ERROR);
    }
}
