package io.multicloudboutique.support.http;

import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Copies the request id and the W3C trace context of the current request to a request to an upstream service. If tracing
 * is on, the request already has a trace context, which names its own span. Does nothing outside a request. Thread-safe.
 */
public final class HeaderPropagation implements ExchangeFilterFunction {

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        return Mono.deferContextual(context -> next.exchange(ServerWebExchangeContextFilter.getExchange(context)
                .map(exchange -> withHeaders(request, exchange))
                .orElse(request)));
    }

    private static ClientRequest withHeaders(ClientRequest request, ServerWebExchange exchange) {
        var outbound = ClientRequest.from(request).header(RequestId.HEADER, RequestId.of(exchange));
        if (request.headers().containsHeader("traceparent")) {
            return outbound.build();
        }
        for (var name : new String[] {"traceparent", "tracestate"}) {
            var value = exchange.getRequest().getHeaders().getFirst(name);
            if (value != null) {
                outbound.header(name, value);
            }
        }
        return outbound.build();
    }
}
