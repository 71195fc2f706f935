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
 * Closes each connection after its next response once the service shuts down. Otherwise, a client that keeps sending requests on one
 * connection would be served until the shutdown timeout, and then be disconnected in the middle of a request. Thread-safe.
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
        // Checked at commit, so that requests in progress when the shutdown starts are included.
        response.beforeCommit(() -> {
            if (draining) {
                response.getHeaders().setConnection("close");
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
