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
 * The issuer's public keys, fetched when a token needs them. Spring Security's own source keeps a key until a token names one
 * that it does not know, so a withdrawn key would stay valid, and asks for each such token, so anyone could make it ask. This
 * one asks again after five minutes and for an unknown key, at most once a second; while the issuer does not answer, the keys
 * of the last hour go on. Thread-safe.
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

    /** One question at a time, whose answer everyone gets who waits for it, or asks within the pause after it. */
    private final Mono<Known> asked;

    private volatile @Nullable Known known;

    /**
     * @param issuer whom to ask where the keys are
     * @param address where they are; null or empty: the issuer is asked, by OpenID Connect Discovery
     */
    RemoteJwkSet(String issuer, @Nullable String address) {
        this.address = StringUtils.hasText(address) ? Mono.just(URI.create(address)) : discover(issuer);
        this.asked = Mono.defer(this::ask).cache(answer -> PAUSE, failure -> PAUSE, () -> PAUSE);
    }

    /** Those that may have signed the token; an error, the problem {@code unavailable}, if nobody can tell. */
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
                asked.subscribe(now -> {}, failure -> {}); // who shows a known key does not wait for it
            }
            return Flux.fromIterable(candidates);
        }
        return asked.map(now -> selector.select(now.keys()))
                .onErrorMap(failure -> new ProblemException(
                                ProblemCodeDto.UNAVAILABLE,
                                "Bearer tokens cannot be verified at the moment. Try again after the delay in Retry-After.",
                                failure)
                        .retryAfter(PAUSE))
                .flatMapIterable(found -> found);
    }

    private Mono<Known> ask() {
        return address.flatMap(this::get)
                .map(RemoteJwkSet::parse)
                .doOnNext(now -> known = now)
                .doOnError(failure -> log.warn("The issuer's keys could not be fetched: {}", failure.toString()));
    }

    private Mono<URI> discover(String issuer) {
        var document = URI.create(issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration");
        return Mono.defer(() -> get(document)).map(text -> {
            try {
                var metadata = JSONObjectUtils.parse(text);
                if (!issuer.equals(JSONObjectUtils.getString(metadata, "issuer"))) {
                    throw new IllegalStateException(document + " is of another issuer");
                }
                return JSONObjectUtils.getURI(metadata, "jwks_uri");
            } catch (ParseException e) {
                throw new IllegalStateException(document + " is no metadata of an issuer", e);
            }
        });
    }

    private Mono<String> get(URI url) {
        return http.get()
                .uri(url)
                .retrieve()
                .bodyToMono(String.class)
                .switchIfEmpty(Mono.error(() -> new IllegalStateException(url + " answers nothing")))
                .timeout(TIMEOUT);
    }

    private static Known parse(String text) {
        try {
            return new Known(JWKSet.parse(text), System.nanoTime());
        } catch (ParseException e) {
            throw new IllegalStateException("This is no key set", e);
        }
    }
}
