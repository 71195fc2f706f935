package io.multicloudboutique.support.security;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.util.StringUtils;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Reads and verifies the credentials of a request: an API key, which takes precedence, or a bearer token. Kinds of
 * credentials that the service is not configured to accept are ignored. Thread-safe.
 */
final class Credentials implements ServerAuthenticationConverter, ReactiveAuthenticationManager {

    static final String API_KEY = "X-API-Key";

    private final ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();
    private final ApiKeys keys;
    private final @Nullable Tokens tokens;
    private final String[] allScopes;

    /**
     * @param keys the accepted API keys; without keys, the service ignores {@code X-API-Key}
     * @param tokens the verifier of bearer tokens; null if the service accepts none
     * @param allScopes the authorities of every API key
     */
    Credentials(ApiKeys keys, @Nullable Tokens tokens, String... allScopes) {
        this.keys = keys;
        this.tokens = tokens;
        this.allScopes = allScopes;
    }

    boolean acceptKeys() {
        return !keys.isEmpty();
    }

    boolean acceptTokens() {
        return tokens != null;
    }

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        var headers = exchange.getRequest().getHeaders();
        var key = headers.getOrEmpty(API_KEY);
        if (acceptKeys() && !key.isEmpty()) {
            return Mono.just(UsernamePasswordAuthenticationToken.unauthenticated("", key));
        }
        if (!acceptTokens()) {
            return Mono.empty();
        }
        // With several headers, a proxy may have checked a different one than this service would use.
        return headers.getOrEmpty(HttpHeaders.AUTHORIZATION).size() > 1
                ? Mono.error(new InvalidBearerTokenException("More than one Authorization header"))
                : bearer.convert(exchange);
    }

    @Override
    public Mono<Authentication> authenticate(Authentication sent) {
        return sent instanceof BearerTokenAuthenticationToken token && tokens != null
                ? tokens.authenticate(token.getToken())
                : Mono.fromSupplier(() -> authenticate((List<?>) sent.getCredentials()));
    }

    /**
     * Returns the caller with the name {@code key:<caller>}. Fails unless there is exactly one value, and it is a known
     * key.
     */
    private Authentication authenticate(List<?> key) {
        var caller = key.size() == 1 ? keys.callerOf((String) key.get(0)) : null;
        if (caller == null) {
            throw new BadCredentialsException("Not exactly one known API key");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                "key:" + caller, null, AuthorityUtils.createAuthorityList(allScopes));
    }

    /** Returns the name of the API key or of the token's client. The subject of a token may be a person. */
    static String nameInLogs(Authentication caller) {
        return caller instanceof JwtAuthenticationToken token
                ? "client:"
                        + Stream.of("azp", "client_id")
                                .map(token.getToken()::getClaimAsString)
                                .filter(StringUtils::hasText)
                                .findFirst()
                                .orElse("-")
                : caller.getName();
    }
}
