package io.multicloudboutique.client.internal.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import feign.Feign;
import feign.RequestInterceptor;
import feign.Retryer;
import feign.jackson3.Jackson3Encoder;
import io.multicloudboutique.client.BoutiqueService;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Implements the generated interfaces of one service with HTTP calls. Thread-safe. */
public final class Connection {

    private static final JsonMapper JSON = JsonMapper.builder()
            .changeDefaultPropertyInclusion(before -> before.withValueInclusion(JsonInclude.Include.NON_NULL))
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    private final BoutiqueService service;
    private final Settings settings;
    private final JdkExchange exchange;
    private final RetryBudget budget;

    public Connection(BoutiqueService service, Settings settings, JdkExchange exchange, RetryBudget budget) {
        this.service = service;
        this.settings = settings;
        this.exchange = exchange;
        this.budget = budget;
    }

    /** Returns an instance of this generated interface that calls the service. */
    public <A> A api(Class<A> type) {
        var problems = new ProblemReader(JSON);
        var url = Objects.requireNonNull(settings.baseUrls().get(service)).toString();
        return Feign.builder()
                .client(new RetryingClient(service, exchange, settings, budget, problems))
                .encoder(new Jackson3Encoder(JSON))
                .decoder(new AnswerDecoder(JSON))
                .errorDecoder(new ProblemDecoder(JSON, problems))
                // Feign's default retryer retries any request, with up to five attempts and without jitter.
                .retryer(Retryer.NEVER_RETRY)
                .requestInterceptor(identification())
                .requestInterceptor(credentials())
                .target(type, url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /**
     * Runs once for each call, so that all attempts of a call have the same request id and the same idempotency key.
     */
    private static RequestInterceptor identification() {
        return request -> {
            request.header("User-Agent", "boutique-client-sdk");
            request.header("X-Request-Id", UUID.randomUUID().toString());
            if (request.method().equals("POST") && !request.headers().containsKey("Idempotency-Key")) {
                request.header("Idempotency-Key", UUID.randomUUID().toString());
            }
        };
    }

    private RequestInterceptor credentials() {
        return request -> {
            var key = settings.apiKeyFor(service);
            if (key != null) {
                // In a header that is not literal, Feign would treat braces as a template.
                request.headerLiteral("X-API-Key", key);
            }
            var token = settings.token();
            if (token != null) {
                request.headerLiteral("Authorization", "Bearer " + sendable(token.get()));
            }
        };
    }

    /**
     * Returns the token, or throws an exception if it is invalid. An invalid token must not reach the JDK's client,
     * because the client's error message would contain it.
     */
    private static String sendable(@Nullable String token) {
        if (token == null || token.isEmpty() || !token.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
            throw new IllegalStateException(
                    "The token supplier must return a token that consists of visible ASCII characters.");
        }
        return token;
    }
}
