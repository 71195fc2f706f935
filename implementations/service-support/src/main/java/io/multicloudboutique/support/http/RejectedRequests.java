package io.multicloudboutique.support.http;

import io.multicloudboutique.support.problem.ProblemException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Responds with a problem to each request that has a {@link Rejection}, and closes its connection, because its end may be
 * unknown. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2) // after the headers of all responses
public final class RejectedRequests implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var rejection = Rejection.of(exchange.getRequest());
        if (rejection == null) {
            return chain.filter(exchange);
        }
        exchange.getResponse().getHeaders().setConnection("close");
        return Mono.error(new ProblemException(rejection.code(), rejection.detail()));
    }
}
