package io.multicloudboutique.support.telemetry;

import io.micrometer.common.KeyValues;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;

/** Describes the span of a request to an upstream service by OpenTelemetry's conventions. Thread-safe. */
public final class UpstreamSpans implements ClientRequestObservationConvention {

    private final String upstream;

    /** @param upstream the name of the upstream service */
    public UpstreamSpans(String upstream) {
        this.upstream = upstream;
    }

    @Override
    public String getName() {
        return "http.client.request";
    }

    @Override
    public String getContextualName(ClientRequestObservationContext context) {
        return context.getRequest().method().name() + " " + upstream;
    }

    @Override
    public KeyValues getHighCardinalityKeyValues(ClientRequestObservationContext context) {
        var request = context.getRequest();
        var values = KeyValues.of(
                "peer.service", upstream,
                "http.request.method", request.method().name(),
                "server.address", request.url().getHost(),
                "url.full", request.url().toString());
        var response = context.getResponse();
        return response == null
                ? values
                : values.and(
                        "http.response.status_code",
                        Integer.toString(response.statusCode().value()));
    }
}
