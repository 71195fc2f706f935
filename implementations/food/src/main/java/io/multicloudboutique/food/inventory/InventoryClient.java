package io.multicloudboutique.food.inventory;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.reactor.circuitbreaker.operator.CircuitBreakerOperator;
import io.multicloudboutique.support.http.TravellingHeaders;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.stereotype.Component;
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
 * Asks the inventory service what it has, and says so if it does not answer; its failures never become the caller's. One
 * second in all, one more attempt if the connection failed, and after repeated failures a pause of five seconds in which it
 * is not asked at all. Thread-safe.
 */
@Component
public class InventoryClient {

    private static final Logger log = LoggerFactory.getLogger(InventoryClient.class);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int PRODUCTS = 200;

    private final WebClient http;
    private final CircuitBreaker circuitBreaker = CircuitBreaker.of(
            "inventory",
            CircuitBreakerConfig.custom()
                    .slidingWindowType(SlidingWindowType.COUNT_BASED)
                    .slidingWindowSize(20)
                    .minimumNumberOfCalls(10)
                    .failureRateThreshold(50)
                    .waitDurationInOpenState(Duration.ofSeconds(5))
                    .permittedNumberOfCallsInHalfOpenState(3)
                    .build());

    public InventoryClient(InventorySettings settings) {
        // A tolerant reader of its own: what the service reads from clients is strict, what a neighbour adds is its
        // business.
        var json = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
                .build();
        http = WebClient.builder()
                .baseUrl(UriComponentsBuilder.fromUri(settings.service().url())
                        .path("/")
                        .build()
                        .toUriString()
                        .replaceAll("/+$", ""))
                .filter(new TravellingHeaders())
                .defaultHeaders(headers -> {
                    if (StringUtils.hasText(settings.api().key())) {
                        headers.set("X-API-Key", settings.api().key());
                    }
                })
                .codecs(codecs -> {
                    codecs.defaultCodecs().jacksonJsonDecoder(new JacksonJsonDecoder(json));
                    codecs.defaultCodecs().maxInMemorySize(1024 * 1024);
                })
                .build();
    }

    /** The first 200 products by id, or why there are none. Never an error, never empty. */
    public Mono<InventoryAnswer> products() {
        return Mono.defer(() -> {
            var asked = OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
            return http.get()
                    .uri("/inventory?limit=" + PRODUCTS)
                    .accept(MediaType.APPLICATION_JSON)
                    .retrieve()
                    .bodyToMono(ProductList.class)
                    .retryWhen(Retry.max(1).filter(WebClientRequestException.class::isInstance))
                    .timeout(PATIENCE)
                    .transformDeferred(CircuitBreakerOperator.of(circuitBreaker))
                    .map(list -> new InventoryAnswer(list.data(), null, asked))
                    .switchIfEmpty(Mono.error(() -> new IllegalStateException("An empty body")))
                    .onErrorResume(error -> {
                        log.warn("The inventory could not be asked: {}", error.toString());
                        return Mono.just(new InventoryAnswer(List.of(), reason(error), asked));
                    });
        });
    }

    private static String reason(Throwable error) {
        if (error instanceof TimeoutException) {
            return "The inventory did not answer within one second.";
        }
        if (error instanceof CallNotPermittedException) {
            return "The inventory failed repeatedly and is not asked for some seconds.";
        }
        if (error instanceof WebClientResponseException answer
                && answer.getStatusCode().isError()) {
            return "The inventory answered with status "
                    + answer.getStatusCode().value() + ".";
        }
        // Retry wraps what it gave up on.
        if (error instanceof WebClientRequestException || error.getCause() instanceof WebClientRequestException) {
            return "The inventory cannot be reached.";
        }
        return "The inventory answered something that cannot be read.";
    }

    private record ProductList(List<InventoryProduct> data) {

        private ProductList {
            data = List.copyOf(data); // refuses null, and null in it
        }
    }
}
