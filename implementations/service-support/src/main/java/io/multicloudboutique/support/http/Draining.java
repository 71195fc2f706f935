package io.multicloudboutique.support.http;

import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * While the service shuts down, closes each connection after its next response. Otherwise, a client that keeps sending
 * requests on one connection would be served until the shutdown timeout, and then be disconnected in the middle of a
 * request. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Draining implements WebFilter, ApplicationListener<ContextClosedEvent> {

    private volatile boolean draining;

    @Override
    public void onApplicationEvent(ContextClosedEvent closed) {
        draining = true;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var response = exchange.getResponse();
        // Checks for a shutdown when the response is committed, to include requests that are in progress when the
        // shutdown starts.
        response.beforeCommit(() -> {
            if (draining) {
                response.getHeaders().setConnection("close");
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
