package io.multicloudboutique.support.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/**
 * Measures the time from the arrival of each request until its response is complete or its client has left. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE) // to include the work of all other filters
public final class RequestMetrics implements WebFilter {

    /** The name of requests that match no operation, such as those for unknown paths. Their paths would be unbounded. */
    private static final String UNKNOWN = "unknown";

    private static final int ABORTED = 0;
    private static final List<HttpMethod> METHODS = Arrays.asList(HttpMethod.values());

    private record Kind(@Nullable Method operation, HttpMethod method, int status) {}

    private final MeterRegistry meters;

    /** The timers of all kinds of requests that have arrived. A look-up in the registry would create its key anew. */
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    RequestMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Returns the operationId of the operation that handles the request, or {@value #UNKNOWN}. */
    public static String operation(ServerWebExchange exchange) {
        var operation = operationMethod(exchange);
        return operation == null ? UNKNOWN : operation.getName();
    }

    private static @Nullable Method operationMethod(ServerWebExchange exchange) {
        return exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod operation
                ? operation.getMethod()
                : null;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var start = System.nanoTime();
        var recorded = new AtomicBoolean();
        var response = exchange.getResponse();
        // Errors get their status after they have passed all filters, just before the response is committed.
        response.beforeCommit(() -> {
            var status = response.getStatusCode();
            record(exchange, status == null ? 200 : status.value(), start, recorded);
            return Mono.empty();
        });
        return chain.filter(exchange).doOnCancel(() -> record(exchange, ABORTED, start, recorded));
    }

    private void record(ServerWebExchange exchange, int status, long start, AtomicBoolean recorded) {
        if (recorded.compareAndSet(false, true)) {
            var kind = new Kind(operationMethod(exchange), exchange.getRequest().getMethod(), status);
            var timer = timers.get(kind);
            if (timer == null) {
                timer = timers.computeIfAbsent(kind, unmeasured -> timer(unmeasured, exchange));
            }
            timer.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(Kind kind, ServerWebExchange exchange) {
        var route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return Histograms.timer("http.server.request.duration")
                .description("The time from the arrival of a request until its response is complete")
                .tags(Tags.of(
                        "operation", operation(exchange),
                        "http.route",
                                kind.operation() != null && route instanceof PathPattern pattern
                                        ? pattern.getPatternString()
                                        : UNKNOWN,
                        "http.request.method",
                                METHODS.contains(kind.method()) ? kind.method().name() : "_OTHER",
                        "http.response.status_code", kind.status() == ABORTED ? "none" : String.valueOf(kind.status()),
                        "outcome", outcome(kind.status())))
                .register(meters);
    }

    private static String outcome(int status) {
        return status == ABORTED
                ? "aborted"
                : status < 400 ? "success" : status < 500 ? "client_error" : "server_error";
    }
}
