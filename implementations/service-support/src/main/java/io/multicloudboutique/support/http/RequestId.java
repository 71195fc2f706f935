package io.multicloudboutique.support.http;

import io.multicloudboutique.support.telemetry.RequestMetrics;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Assigns an id to each request, and logs and measures the request once: when its response begins, or when its connection
 * is closed before that. The id is the client's {@value #HEADER} if its value is a UUID, and a new
 * UUID otherwise. The response has the id in {@value #HEADER}, and {@link HeaderPropagation} sends it to upstream
 * services. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestId implements WebFilter {

    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final RequestMetrics metrics;

    RequestId(RequestMetrics metrics) {
        this.metrics = metrics;
    }

    /** Returns the id of the request of this exchange. The id is a UUID. */
    public static String of(ServerWebExchange exchange) {
        var known = (String) exchange.getAttribute(ATTRIBUTE);
        if (known != null) {
            return known;
        }
        var sent = exchange.getRequest().getHeaders().getFirst(HEADER);
        var id = sent != null && UUID_FORM.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
        exchange.getAttributes().put(ATTRIBUTE, id);
        return id;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var id = of(exchange);
        var start = System.nanoTime();
        var response = exchange.getResponse();
        response.getHeaders().set(HEADER, id);
        var ended = new AtomicBoolean();
        // Errors get their status after they have passed all filters, just before the response is committed.
        response.beforeCommit(() -> {
            if (ended.compareAndSet(false, true)) {
                var status = response.getStatusCode();
                report(exchange, status == null ? 200 : status.value(), start);
            }
            return Mono.empty();
        });
        // The client may leave while another thread begins the response.
        return chain.filter(exchange).doOnCancel(() -> {
            if (ended.compareAndSet(false, true)) {
                report(exchange, ClientLeft.status(exchange), start);
            }
        });
    }

    private void report(ServerWebExchange exchange, int status, long start) {
        var time = System.nanoTime() - start;
        metrics.record(exchange, status, time);
        var request = exchange.getRequest();
        AccessLog.write(
                RequestContext.of(exchange),
                request.getMethod().name(),
                request.getPath().value(),
                status,
                time / 1_000_000);
    }
}
