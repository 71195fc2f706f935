package io.multicloudboutique.support.telemetry;

import io.micrometer.common.KeyValues;
import io.multicloudboutique.support.http.RequestId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;

/**
 * Names the span of a request after its operationId, and gives it the attributes of OpenTelemetry's conventions and the
 * request id. A span has no query and no body, because they may contain personal data.
 */
final class ServerSpans implements ServerRequestObservationConvention {

    @Override
    public String getName() {
        return "http.server.request";
    }

    @Override
    public String getContextualName(ServerRequestObservationContext context) {
        var operation = RequestMetrics.operationMethod(context.getAttributes());
        return operation == null ? context.getCarrier().getMethod().name() : operation.getName();
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
        var request = context.getCarrier();
        var values = new ArrayList<>(List.of(
                "http.request.method", request.getMethod().name(),
                "url.path", request.getPath().value()));
        if (context.getPathPattern() != null) {
            values.addAll(List.of("http.route", context.getPathPattern()));
        }
        var response = context.getResponse();
        if (response != null) {
            if (response.isCommitted() && response.getStatusCode() != null) {
                values.addAll(List.of(
                        "http.response.status_code",
                        Integer.toString(response.getStatusCode().value())));
            }
            var id = response.getHeaders().getFirst(RequestId.HEADER);
            if (id != null) {
                values.addAll(List.of("request.id", id));
            }
        }
        return KeyValues.of(values.toArray(String[]::new));
    }
}
