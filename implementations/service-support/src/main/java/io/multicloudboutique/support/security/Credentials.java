package io.multicloudboutique.support.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * What a request shows to say who sends it: an API key, which goes first, or a bearer token. What is not accepted in this mode
 * counts as nothing. Thread-safe.
 */
final class Credentials implements ServerAuthenticationConverter, ReactiveAuthenticationManager {

    static final String API_KEY = "X-API-Key";

    private final ServerAuthenticationConverter bearer = new ServerBearerTokenAuthenticationConverter();
    private final ApiKeys keys;
    private final @Nullable Tokens tokens;
    private final String[] allScopes;

    /**
     * @param keys accepted if there are some
     * @param tokens null if none are accepted
     * @param allScopes what a key allows
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
        // Of several, a proxy in front may have looked at another one than we.
        return headers.getOrEmpty(HttpHeaders.AUTHORIZATION).size() > 1
                ? Mono.error(new InvalidBearerTokenException("More than one"))
                : bearer.convert(exchange);
    }

    @Override
    public Mono<Authentication> authenticate(Authentication shown) {
        return shown instanceof BearerTokenAuthenticationToken token && tokens != null
                ? tokens.authenticate(token.getToken())
                : Mono.fromSupplier(() -> authenticate((List<?>) shown.getCredentials()));
    }

    /** Who shows it, as {@code key:<caller>}. */
    private Authentication authenticate(List<?> key) {
        var caller = key.size() == 1 ? keys.callerOf((String) key.get(0)) : null;
        if (caller == null) {
            throw new BadCredentialsException("Nobody's key");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                "key:" + caller, null, AuthorityUtils.createAuthorityList(allScopes));
    }
}
