package io.multicloudboutique.support.security;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import io.netty.channel.ChannelOption;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * The issuer's public keys, fetched when a token needs them.
 *
 * <p>Spring Security's own source keeps its keys until a token names an unknown key, so a withdrawn key would stay
 * valid. It also sends a request to the issuer for every such token, so any client could trigger requests.
 *
 * <p>This class fetches the keys again when they are older than five minutes or a token names an unknown key, but at
 * most once a second. If the issuer does not respond, the last keys stay in use until they are one hour old.
 *
 * <p>Thread-safe.
 */
final class RemoteJwkSet {

    private static final Logger log = LoggerFactory.getLogger(RemoteJwkSet.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration USABLE = Duration.ofHours(1);

    private record Known(JWKSet keys, long since) {

        boolean isYoungerThan(Duration age) {
            return System.nanoTime() - since < age.toNanos();
        }
    }

    private final WebClient http = WebClient.builder()
            .clientConnector(new ReactorClientHttpConnector(
                    HttpClient.create().option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) TIMEOUT.toMillis())))
            .build();
    private final Mono<URI> address;

    /**
     * Fetches the keys. Only one request runs at a time. All subscribers that wait for it, or subscribe within
     * {@link #PAUSE} after it, share its result.
     */
    private final Mono<Known> fetched;

    private volatile @Nullable Known known;

    /**
     * @param issuer the URL of the issuer
     * @param address the URL of the key set; if null or empty, OpenID Connect Discovery finds it through the issuer
     */
    RemoteJwkSet(String issuer, @Nullable String address) {
        this.address = StringUtils.hasText(address) ? Mono.just(URI.create(address)) : discover(issuer);
        this.fetched = Mono.defer(this::fetch).cache(success -> PAUSE, failure -> PAUSE, () -> PAUSE);
    }

    /**
     * Returns the keys that may have signed the token. Fails with the problem {@code unavailable} if they cannot be
     * fetched.
     */
    Flux<JWK> candidatesFor(SignedJWT token) {
        if (!Tokens.ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
            return Flux.empty();
        }
        var selector = new JWKSelector(JWKMatcher.forJWSHeader(token.getHeader()));
        var before = known;
        var candidates =
                before != null && before.isYoungerThan(USABLE) ? selector.select(before.keys()) : List.<JWK>of();
        if (before != null && !candidates.isEmpty()) {
            if (!before.isYoungerThan(FRESH)) {
                fetched.subscribe(now -> {}, failure -> {}); // a token with a known key does not wait
            }
            return Flux.fromIterable(candidates);
        }
        return fetched.map(now -> selector.select(now.keys()))
                .onErrorMap(failure -> new ProblemException(
                                ProblemCodeDto.UNAVAILABLE,
                                "Bearer tokens cannot be verified at the moment. Try again after the delay in Retry-After.",
                                failure)
                        .retryAfter(PAUSE))
                .flatMapIterable(found -> found);
    }

    private Mono<Known> fetch() {
        return address.flatMap(this::get)
                .map(RemoteJwkSet::parse)
                .doOnNext(now -> known = now)
                .doOnError(failure -> log.warn("Could not fetch the issuer's keys: {}", failure.toString()));
    }

    private Mono<URI> discover(String issuer) {
        var document = URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
        return Mono.defer(() -> get(document)).map(text -> {
            try {
                var metadata = JSONObjectUtils.parse(text);
                if (!issuer.equals(JSONObjectUtils.getString(metadata, "issuer"))) {
                    throw new IllegalStateException(document + " belongs to another issuer");
                }
                return JSONObjectUtils.getURI(metadata, "jwks_uri");
            } catch (ParseException e) {
                throw new IllegalStateException(document + " is not valid issuer metadata", e);
            }
        });
    }

    private Mono<String> get(URI url) {
        return http.get()
                .uri(url)
                .retrieve()
                .bodyToMono(String.class)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(url + " returned no body")))
                .timeout(TIMEOUT);
    }

    private static Known parse(String text) {
        try {
            return new Known(JWKSet.parse(text), System.nanoTime());
        } catch (ParseException e) {
            throw new IllegalStateException("The response is not a valid key set", e);
        }
    }
}
