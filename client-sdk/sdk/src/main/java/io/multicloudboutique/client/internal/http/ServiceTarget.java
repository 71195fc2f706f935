package io.multicloudboutique.client.internal.http;

import feign.Request;
import feign.RequestTemplate;
import feign.Target;
import io.multicloudboutique.client.BoutiqueService;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The base URL of a service, and the headers of each request to it. Feign applies it once for each call, so that all
 * attempts of a call have the same request id and the same idempotency key. The headers bypass Feign's template, which
 * would parse each of them in each call and treat braces as a parameter.
 */
final class ServiceTarget<A> extends Target.HardCodedTarget<A> {

    private static final List<String> ACCEPT = List.of("application/json, application/problem+json;q=0.9");
    private static final List<String> CONTENT_TYPE = List.of("application/json");

    private final BoutiqueService service;
    private final Settings settings;

    ServiceTarget(Class<A> type, BoutiqueService service, Settings settings) {
        super(type, url(Objects.requireNonNull(settings.baseUrls().get(service)).toString()));
        this.service = service;
        this.settings = settings;
    }

    private static String url(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    @Override
    public Request apply(RequestTemplate template) {
        var request = super.apply(template);
        var headers = new TreeMap<String, Collection<String>>(String.CASE_INSENSITIVE_ORDER);
        settings.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        // The headers of the call, which replace default headers with the same name.
        headers.putAll(request.headers());
        headers.put("Accept", ACCEPT);
        if (request.body() != null) {
            headers.put("Content-Type", CONTENT_TYPE);
        }
        headers.put("User-Agent", List.of(UserAgent.VALUE));
        headers.put("X-Request-Id", List.of(UUID.randomUUID().toString()));
        if (request.httpMethod() == Request.HttpMethod.POST) {
            headers.computeIfAbsent(
                    "Idempotency-Key", name -> List.of(UUID.randomUUID().toString()));
        }
        var key = settings.apiKeyFor(service);
        if (key != null) {
            headers.put("X-API-Key", List.of(key));
        }
        var token = settings.token();
        if (token != null) {
            headers.put("Authorization", List.of("Bearer " + sendable(token.get())));
        }
        return Request.create(
                request.httpMethod(), request.url(), headers, request.body(), request.charset(), template);
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
