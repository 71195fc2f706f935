package io.multicloudboutique.support.http;

import io.multicloudboutique.support.problem.ProblemHandler;
import java.util.List;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/**
 * Calls all filters in their order. Spring's own chain also creates a checkpoint for each filter and each request, with a
 * new description. This takes 5 % of the CPU time of a read. Leaves out Spring's handlers of exceptions, which each request
 * would pass through: {@link ProblemHandler} handles every exception before them. Thread-safe.
 */
final class FilterChain implements WebHttpHandlerBuilderCustomizer {

    @Override
    public void customize(WebHttpHandlerBuilder builder) {
        builder.exceptionHandlers(handlers -> handlers.removeIf(handler -> !(handler instanceof ProblemHandler)));
        builder.filters(filters -> {
            var all = List.copyOf(filters);
            filters.clear();
            filters.add((exchange, handler) -> filter(all, exchange, handler));
        });
    }

    private static Mono<Void> filter(List<WebFilter> filters, ServerWebExchange exchange, WebFilterChain handler) {
        if (filters.isEmpty()) {
            return handler.filter(exchange);
        }
        var others = filters.subList(1, filters.size());
        return Mono.defer(() -> filters.get(0).filter(exchange, next -> filter(others, next, handler)));
    }
}
