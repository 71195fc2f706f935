package io.multicloudboutique.support.http;

import java.util.function.Function;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The request that is being answered, for what the generated interfaces do not pass along. */
public final class CurrentExchange {

    private CurrentExchange() {}

    /** Continues with the exchange of the current request; an error where there is none. */
    public static <T> Mono<T> with(Function<ServerWebExchange, Mono<T>> next) {
        return Mono.deferContextual(context -> next.apply(ServerWebExchangeContextFilter.getExchange(context)
                .orElseThrow(() -> new IllegalStateException("There is no request"))));
    }
}
