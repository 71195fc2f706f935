package io.multicloudboutique.support.upstream;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.multicloudboutique.support.batching.Batcher;
import io.multicloudboutique.support.http.HeaderPropagation;
import io.multicloudboutique.support.http.RequestContext;
import io.multicloudboutique.support.telemetry.Traces;
import io.multicloudboutique.support.telemetry.UpstreamSpans;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.StringUtils;
import org.springframework.web.filter.reactive.ServerWebExchangeContextFilter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
import reactor.util.retry.Retry;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests lists from an upstream service whose failures must not fail the caller's request.
 *
 * <p>A call takes at most one second, including one retry if the connection fails. A circuit breaker counts the
 * failures among the last 20 calls. After at least ten calls, if at least half of them failed, it stops all calls for
 * five seconds.
 *
 * <p>Requests that arrive while calls are under way share the next call, which starts after they have arrived. A call
 * sends the request id and the trace context of the first request that shares it. If a trace is recorded, the call
 * belongs to the first request whose trace is recorded.
 *
 * <p>Thread-safe.
 *
 * @param <B> the type of the response body, a record. A call fails if the response lacks a component of the record, or
 *     if the body is larger than 1 MiB. All other fields of the response are ignored
 * @param <T> an item of the list
 */
public final class UpstreamListClient<B, T> {

    private static final Logger log = LoggerFactory.getLogger(UpstreamListClient.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int CONCURRENT_CALLS = 2;

    private final String name;
    private final String path;
    private final Class<B> body;
    private final Function<B, List<T>> items;
    private final WebClient http;
    private final CircuitBreaker circuitBreaker;
    private final Batcher<ContextView, Answer<T>> calls;

    /**
     * @param name the name of the upstream service in messages for people, such as {@code inventory}
     * @param url the base URL of the upstream service, which may have a path
     * @param apiKey the API key to send as {@code X-API-Key}; null or empty to send none
     * @param path the path of the operation, relative to the base URL, with its query
     * @param body the type of the response body
     * @param items returns the items of a response body, and throws if they are not valid
     * @param observations records a span for each call
     * @param meters the registry for the metrics of the calls and of their circuit breaker
     */
    public UpstreamListClient(
            String name,
            URI url,
            @Nullable String apiKey,
            String path,
            Class<B> body,
            Function<B, List<T>> items,
            ObservationRegistry observations,
            MeterRegistry meters) {
        this.name = name;
        this.path = path;
        this.body = body;
        this.items = items;
        // This mapper is less strict than the mapper for requests from clients, because an upstream service may extend
        // its responses.
        var json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        http = WebClient.builder()
                .baseUrl(UriComponentsBuilder.fromUri(url)
                        .path("/")
                        .build()
                        .toUriString()
                        .replaceAll("/+$", ""))
                .observationRegistry(observations)
                .observationConvention(new UpstreamSpans(name))
                .filter(new HeaderPropagation())
                .defaultHeaders(headers -> {
                    if (StringUtils.hasText(apiKey)) {
                        headers.set("X-API-Key", apiKey);
                    }
                })
                .codecs(codecs -> {
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(json));
                    codecs.defaultCodecs().maxInMemorySize(1024 * 1024);
                })
                .build();
        var idInMetrics = name.toLowerCase(Locale.ROOT);
        var circuitBreakers = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(5))
                .permittedNumberOfCallsInHalfOpenState(3)
                .build());
        circuitBreaker = circuitBreakers.circuitBreaker(idInMetrics);
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(circuitBreakers).bindTo(meters);
        calls = new Batcher<>(
                "call-" + idInMetrics,
                meters,
                CONCURRENT_CALLS,
                Batcher.MAX_WAITING,
                Batcher.MAX_WAITING,
                context -> 1,
                Runnable::run,
                contexts -> call().contextWrite(first(contexts))
                        .map(answer -> Collections.nCopies(contexts.size(), Mono.just(answer))));
    }

    /**
     * The result of a call. Immutable.
     *
     * @param items the items of the upstream service; empty if the call failed
     * @param failure the reason why the call failed, as a sentence for people; null if it succeeded
     * @param timestamp the time of the call, in UTC, truncated to milliseconds
     */
    public record Answer<T>(List<T> items, @Nullable String failure, OffsetDateTime timestamp) {}

    /**
     * Returns the list.
     *
     * @return exactly one result, even if the call fails. Fails with the problem {@code unavailable} only if too many
     *     requests are waiting
     */
    public Mono<Answer<T>> list() {
        return Mono.deferContextual(calls::ask);
    }

    /** Returns the context of the request whose request id and trace the call continues. */
    private static ContextView first(List<ContextView> contexts) {
        return contexts.stream()
                .filter(context -> Traces.recorded(context) != null)
                .findFirst()
                .orElse(contexts.get(0));
    }

    private Mono<Answer<T>> call() {
        var timestamp = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
        return http.get()
                .uri(path)
                .accept(MediaType.APPLICATION_JSON)
                .retrieve()
                .bodyToMono(body)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("The response has no body")))
                .map(response -> new Answer<>(List.copyOf(items.apply(response)), null, timestamp))
                .retryWhen(Retry.max(1).filter(WebClientRequestException.class::isInstance))
                .timeout(TIMEOUT)
                .transformDeferred(CircuitBreakerOperator.of(circuitBreaker))
                .onErrorResume(error -> Mono.deferContextual(context -> {
                    logFailure(error, context);
                    return Mono.just(new Answer<>(List.of(), "The " + name + " " + reason(error) + ".", timestamp));
                }));
    }

    private void logFailure(Throwable error, ContextView context) {
        ServerWebExchangeContextFilter.getExchange(context)
                .map(RequestContext::of)
                .ifPresentOrElse(
                        request -> request.addTo(log.atWarn())
                                .log(
                                        "The call to the {} failed: {}, request {}, {}",
                                        name,
                                        error.toString(),
                                        request.requestId(),
                                        request),
                        () -> log.warn("The call to the {} failed: {}", name, error.toString()));
    }

    private static String reason(Throwable error) {
        if (error instanceof TimeoutException) {
            return "did not respond within one second";
        }
        if (error instanceof CallNotPermittedException) {
            return "failed repeatedly and will not be called for a few seconds";
        }
        if (error instanceof WebClientResponseException response
                && response.getStatusCode().isError()) {
            return "responded with status " + response.getStatusCode().value();
        }
        // When the retries are exhausted, the error is wrapped.
        if (error instanceof WebClientRequestException || error.getCause() instanceof WebClientRequestException) {
            return "could not be reached";
        }
        return "returned a response that cannot be read";
    }
}
