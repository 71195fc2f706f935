package io.multicloudboutique.support.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.security.OpenPages;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;

/**
 * Lets a limited number of requests be in progress. Further requests wait before any work, in the order of their arrival.
 * Their bodies are still unread, so they need little memory. A request that waits for too long, or for which too many are
 * waiting, is rejected with the problem {@code unavailable}. A rejection costs as much CPU time as a request. Reads and
 * writes have separate bounds, so that writes that wait for locks never exclude reads. Requests for health, the contract
 * and its pages never wait. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 3) // after the headers of all responses, and before the work of a request
final class LoadShedding implements WebFilter {

    private static final ProblemException REJECTION = ProblemException.unavailable(
            "Too many requests are in progress. Try again after the delay in Retry-After.", null);

    /** A request that waits, until it is admitted or gives up. The lock of its {@link Requests} guards the flag. */
    private static final class Waiting {

        private final CoarseTimer.Wait wait;
        private boolean admitted;

        Waiting(CoarseTimer.Wait wait) {
            this.wait = wait;
        }
    }

    /** The requests of one kind. Thread-safe. */
    private final class Requests {

        private final Queue<Waiting> waiting = new ArrayDeque<>();
        private int inProgress;

        synchronized int inProgress() {
            return inProgress;
        }

        synchronized int waiting() {
            return waiting.size();
        }

        /** Admits a request, or returns false if too many are in progress. */
        synchronized boolean admit() {
            if (inProgress == maxInProgress) {
                return false;
            }
            inProgress++;
            return true;
        }

        /** Lets a request wait, or returns false if too many are waiting. */
        synchronized boolean await(Waiting request) {
            return waiting.size() < maxWaiting && waiting.add(request);
        }

        /** Returns whether a request that has waited was admitted. It will not be admitted later. */
        synchronized boolean endWait(Waiting request) {
            if (!request.admitted) {
                waiting.remove(request);
            }
            return request.admitted;
        }

        /** Ends a request. The one that has waited longest takes its place. */
        void end() {
            Waiting next;
            synchronized (this) {
                next = waiting.poll();
                if (next == null) {
                    inProgress--;
                    return;
                }
                next.admitted = true;
            }
            next.wait.end();
        }

        /** Ends a request that has waited, whether it was admitted or not. */
        void end(Waiting request) {
            if (endWait(request)) {
                end();
            }
        }
    }

    private final OpenPages neverRejected;
    private final WebExceptionHandler problems;
    private final Requests reads = new Requests();
    private final Requests writes = new Requests();
    private final int maxInProgress;
    private final int maxWaiting;
    private final Duration maxWait;
    private final Counter rejected;

    /**
     * @param problems writes the response to a rejected request
     * @param maxInProgress how many reads, and how many writes, may be in progress at the same time
     * @param maxWaiting how many further reads, and how many further writes, may wait
     * @param maxWait how long a request waits until it is rejected
     * @param neverRejected the requests that neither wait nor are rejected
     * @param meters the registry for the metrics
     */
    LoadShedding(
            WebExceptionHandler problems,
            int maxInProgress,
            int maxWaiting,
            Duration maxWait,
            OpenPages neverRejected,
            MeterRegistry meters) {
        this.neverRejected = neverRejected;
        this.problems = problems;
        this.maxInProgress = maxInProgress;
        this.maxWaiting = maxWaiting;
        this.maxWait = maxWait;
        measure("read", reads, meters);
        measure("write", writes, meters);
        rejected = Counter.builder("boutique.requests.rejected")
                .description("The requests that were rejected before any work")
                .tag("reason", "overload")
                .register(meters);
    }

    private void measure(String kind, Requests requests, MeterRegistry meters) {
        Gauge.builder("http.server.active_requests", requests, Requests::inProgress)
                .description("The requests in progress")
                .tag("kind", kind)
                .register(meters);
        Gauge.builder("boutique.requests.waiting", requests, Requests::waiting)
                .description("The requests that wait until fewer are in progress")
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
        var requests = method == HttpMethod.GET || method == HttpMethod.HEAD ? reads : writes;
        return Mono.defer(() -> requests.admit()
                ? run(requests, exchange, chain)
                : neverRejected
                        .matches(exchange)
                        .flatMap(open -> open.isMatch() ? chain.filter(exchange) : await(requests, exchange, chain)));
    }

    private static Mono<Void> run(Requests requests, ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> chain.filter(exchange)).doFinally(end -> requests.end());
    }

    private Mono<Void> await(Requests requests, ServerWebExchange exchange, WebFilterChain chain) {
        var request = new Waiting(new CoarseTimer.Wait(maxWait, eventLoop(exchange)));
        if (!requests.await(request)) {
            return reject(exchange);
        }
        return request.wait
                .then(Mono.defer(() -> requests.endWait(request) ? chain.filter(exchange) : reject(exchange)))
                .doFinally(end -> requests.end(request));
    }

    /** Returns the thread that has read the request. It also reads the body, so no other thread should continue the request. */
    private static Executor eventLoop(ServerWebExchange exchange) {
        return ServerHttpRequestDecorator.<Connection>getNativeRequest(exchange.getRequest())
                .channel()
                .eventLoop();
    }

    /** Writes the response itself. An error that passes through all filters would cost more than a request. */
    private Mono<Void> reject(ServerWebExchange exchange) {
        rejected.increment();
        return problems.handle(exchange, REJECTION);
    }
}
