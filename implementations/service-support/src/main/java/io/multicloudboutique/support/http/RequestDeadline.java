package io.multicloudboutique.support.http;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Ends each request with the problem {@code unavailable} if its response has not begun in time. The time starts when the
 * body has arrived, and the transfer of the response does not count, because both depend on the client. Work on the
 * database that has begun continues, and may still take effect. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 4) // after LoadShedding, which counts a request until this deadline
final class RequestDeadline implements WebFilter {

    private static final Logger log = LoggerFactory.getLogger(RequestDeadline.class);

    /** With the inaccuracy of the timer and the wait of {@link LoadShedding}, each request ends within five seconds. */
    private static final Duration MAX_TIME = Duration.ofMillis(4300);

    /** Reactor's own error would have a description of its source, which it would create for each request. */
    private static final Mono<Void> LATE =
            Mono.error(() -> new TimeoutException("The response has not begun within " + MAX_TIME.toMillis() + " ms"));

    /** For errors of work that nobody waits for any more. By default, Reactor logs them as errors, with a stack trace. */
    private static final Consumer<Throwable> LOG_AT_DEBUG =
            error -> log.debug("A request failed after its client had left, or after its deadline", error);

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (!hasBody(request)) {
            return limited(exchange, chain, Mono.empty());
        }
        var arrived = Sinks.<Void>empty();
        var observed = new ServerHttpRequestDecorator(request) {
            @Override
            public Flux<DataBuffer> getBody() {
                return super.getBody().doOnComplete(arrived::tryEmitEmpty);
            }
        };
        return limited(exchange.mutate().request(observed).build(), chain, arrived.asMono());
    }

    private static Mono<Void> limited(ServerWebExchange exchange, WebFilterChain chain, Mono<Void> arrived) {
        var deadline = arrived.then(CoarseTimer.after(MAX_TIME))
                .then(Mono.defer(() -> exchange.getResponse().isCommitted() ? Mono.never() : Mono.empty()));
        return chain.filter(exchange)
                .timeout(deadline, LATE)
                .contextWrite(context -> context.put("reactor.onErrorDropped.local", LOG_AT_DEBUG));
    }

    private static boolean hasBody(ServerHttpRequest request) {
        return request.getHeaders().getContentLength() > 0
                || request.getHeaders().containsHeader("Transfer-Encoding");
    }
}
