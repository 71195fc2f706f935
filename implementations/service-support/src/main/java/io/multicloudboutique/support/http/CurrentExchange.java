package io.multicloudboutique.support.http;

import java.util.function.Function;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives access to the current request and response, which the generated interfaces do not pass to an operation. */
public final class CurrentExchange {

    private CurrentExchange() {}

    /**
     * Calls the function with the exchange of the current request.
     *
     * @return the result of the function. Fails with an {@link IllegalStateException} if no request is being handled
     */
    public static <T> Mono<T> with(Function<ServerWebExchange, Mono<T>> next) {
        return Mono.deferContextual(context -> next.apply(ServerWebExchangeContextFilter.getExchange(context)
                .orElseThrow(() -> new IllegalStateException("There is no current request"))));
    }
}
