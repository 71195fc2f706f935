package io.multicloudboutique.support.telemetry;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.multicloudboutique.support.http.ClientLeft;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/** The timers of requests, by operation, method and status. Thread-safe. */
public final class RequestMetrics {

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
        var operation = operationMethod(exchange.getAttributes());
        return operation == null ? UNKNOWN : operation.getName();
    }

    /** Returns the method that handles the request with these attributes, whose name is the operationId. */
    static @Nullable Method operationMethod(Map<String, Object> attributes) {
        return attributes.get(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod operation
                ? operation.getMethod()
                : null;
    }

    /**
     * Records a request whose response has begun, or whose client has left.
     *
     * @param status the status in the access log
     * @param nanoseconds the time since the arrival of the request
     */
    public void record(ServerWebExchange exchange, int status, long nanoseconds) {
        var kind = new Kind(
                operationMethod(exchange.getAttributes()),
                exchange.getRequest().getMethod(),
                ClientLeft.isStatus(status) ? ABORTED : status);
        var timer = timers.get(kind);
        if (timer == null) {
            timer = timers.computeIfAbsent(kind, unmeasured -> timer(unmeasured, exchange));
        }
        timer.record(nanoseconds, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Kind kind, ServerWebExchange exchange) {
        var route = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        return Histograms.timer("http.server.request.duration")
                .description("The time from the arrival of a request until its response begins")
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
