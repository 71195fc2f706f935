package io.multicloudboutique.support.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.security.OpenPages;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Rejects a request at once with the problem {@code unavailable} if too many requests are in progress, so that the accepted
 * ones are answered in time. A rejection still costs the work for its HTTP request and response. Reads and writes have
 * separate bounds, so that writes that wait for locks never exclude reads. Requests for health, the contract and its pages
 * are never rejected. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 3) // after the headers of all responses, and before the work of a request
final class LoadShedding implements WebFilter {

    private static final ProblemException REJECTION = ProblemException.unavailable(
            "Too many requests are in progress. Try again after the delay in Retry-After.", null);

    private final OpenPages neverRejected;
    private final WebExceptionHandler problems;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger writes = new AtomicInteger();
    private final int maxInProgress;
    private final Counter rejected;

    /**
     * @param problems writes the response to a rejected request
     * @param maxInProgress how many reads, and how many writes, may be in progress at the same time
     * @param neverRejected the requests that are never rejected
     * @param meters the registry for the metrics
     */
    LoadShedding(WebExceptionHandler problems, int maxInProgress, OpenPages neverRejected, MeterRegistry meters) {
        this.neverRejected = neverRejected;
        this.problems = problems;
        this.maxInProgress = maxInProgress;
        measure("read", reads, meters);
        measure("write", writes, meters);
        rejected = Counter.builder("boutique.requests.rejected")
                .description("The requests that were rejected before any work")
                .tag("reason", "overload")
                .register(meters);
    }

    private void measure(String kind, AtomicInteger inProgress, MeterRegistry meters) {
        Gauge.builder("http.server.active_requests", inProgress, AtomicInteger::get)
                .description("The requests in progress")
                .tag("kind", kind)
                .register(meters);
        Gauge.builder("boutique.requests.limit", () -> maxInProgress)
                .description("The most requests that may be in progress")
                .tag("kind", kind)
                .register(meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var method = exchange.getRequest().getMethod();
        var inProgress = method == HttpMethod.GET || method == HttpMethod.HEAD ? reads : writes;
        return Mono.defer(() -> {
            if (inProgress.incrementAndGet() > maxInProgress) {
                inProgress.decrementAndGet();
                return reject(exchange, chain);
            }
            return Mono.defer(() -> chain.filter(exchange)).doFinally(end -> inProgress.decrementAndGet());
        });
    }

    /** Writes the response itself. An error that passes through all filters would cost more than a request. */
    private Mono<Void> reject(ServerWebExchange exchange, WebFilterChain chain) {
        return neverRejected.matches(exchange).flatMap(request -> {
            if (request.isMatch()) {
                return chain.filter(exchange);
            }
            rejected.increment();
            return problems.handle(exchange, REJECTION);
        });
    }
}
