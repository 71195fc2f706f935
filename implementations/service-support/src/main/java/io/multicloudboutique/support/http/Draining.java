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
 * Ends each connection with its next answer once the service is told to end. Who keeps asking on one connection would otherwise go on
 * being served until the time to drain is over, and then be cut off in the middle. Thread-safe.
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
        // Also for what is being answered when it begins.
        response.beforeCommit(() -> {
            if (draining) {
                response.getHeaders().setConnection("close");
            }
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
