package io.multicloudboutique.support.upstream;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.multicloudboutique.support.http.HeaderPropagation;
import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;
import org.springframework.web.reactive.function.client.WebClientResponseException;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another service that has a list to tell from, and whose failures never become the caller's: one second in all, one more
 * attempt if the connection failed, and after half of at least ten questions failed a pause of five seconds in which it is not
 * asked at all. Request id and trace context travel along. Thread-safe.
 */
public final class UpstreamListClient {

    private static final Logger log = LoggerFactory.getLogger(UpstreamListClient.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final String name;
    private final WebClient http;
    private final CircuitBreaker circuitBreaker;

    /**
     * @param name what to call it in front of people: "The inventory …"
     * @param url its base URL, which may have a path
     * @param apiKey what to show there as {@code X-API-Key}; null or empty for nothing
     */
    public UpstreamListClient(String name, URI url, @Nullable String apiKey) {
        this.name = name;
        // Tolerant, unlike the reader of what clients send: what a neighbour adds is its business.
        var json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        http = WebClient.builder()
                .baseUrl(UriComponentsBuilder.fromUri(url)
                        .path("/")
                        .build()
                        .toUriString()
                        .replaceAll("/+$", ""))
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
        circuitBreaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .slidingWindowType(SlidingWindowType.COUNT_BASED)
                        .slidingWindowSize(20)
                        .minimumNumberOfCalls(10)
                        .failureRateThreshold(50)
                        .waitDurationInOpenState(Duration.ofSeconds(5))
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .build());
    }

    /**
     * What a neighbour told. Immutable.
     *
     * @param items what it has; empty if it did not answer
     * @param failure why it did not answer, for people; null if it did
     * @param timestamp when it was asked, UTC, to the millisecond
     */
    public record Answer<T>(List<T> items, @Nullable String failure, OffsetDateTime timestamp) {}

    /**
     * Asks for a list. Never an error, never empty.
     *
     * @param path of the operation, with its query
     * @param body what the answer is read as; its record components have to be there, other fields are ignored
     * @param items takes the items out of the answer, and throws if they are not what they should be
     */
    public <B, T> Mono<Answer<T>> list(String path, Class<B> body, Function<B, List<T>> items) {
        return Mono.defer(() -> {
            var asked = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
            return http.get()
                    .uri(path)
                    .accept(MediaType.APPLICATION_JSON)
                    .retrieve()
                    .bodyToMono(body)
                    .switchIfEmpty(Mono.error(() -> new IllegalStateException("An empty body")))
                    .map(answer -> new Answer<>(List.copyOf(items.apply(answer)), null, asked))
                    .retryWhen(Retry.max(1).filter(WebClientRequestException.class::isInstance))
                    .timeout(TIMEOUT)
                    .transformDeferred(CircuitBreakerOperator.of(circuitBreaker))
                    .onErrorResume(error -> {
                        log.warn("The {} could not be asked: {}", name, error.toString());
                        return Mono.just(new Answer<>(List.of(), "The " + name + " " + reason(error) + ".", asked));
                    });
        });
    }

    private static String reason(Throwable error) {
        if (error instanceof TimeoutException) {
            return "did not respond within one second";
        }
        if (error instanceof CallNotPermittedException) {
            return "failed repeatedly and will not be called for a few seconds";
        }
        if (error instanceof WebClientResponseException answer
                && answer.getStatusCode().isError()) {
            return "responded with status " + answer.getStatusCode().value();
        }
        // Retry wraps what it gave up on.
        if (error instanceof WebClientRequestException || error.getCause() instanceof WebClientRequestException) {
            return "could not be reached";
        }
        return "returned a response that cannot be read";
    }
}
