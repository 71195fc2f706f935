package io.multicloudboutique.support.security;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.http.RequestContext;
import io.multicloudboutique.support.problem.ProblemException;
import java.util.ArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Rejects unauthenticated and unauthorized requests with the problems of the contracts. The reason why a token is
 * invalid is only logged, at level debug, and not sent to the client. Thread-safe.
 */
final class AuthenticationProblems implements ServerAuthenticationEntryPoint {

    private static final Logger log = LoggerFactory.getLogger(AuthenticationProblems.class);

    private final Credentials credentials;

    AuthenticationProblems(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException failure) {
        var request = RequestContext.of(exchange);
        request.addTo(log.atDebug())
                .log(
                        "Request {} is not authenticated: {}",
                        request.requestId(),
                        NestedExceptionUtils.getMostSpecificCause(failure).toString());
        var sentToken = failure instanceof OAuth2AuthenticationException;
        var challenges = new ArrayList<String>();
        if (credentials.acceptTokens()) {
            challenges.add(sentToken ? "Bearer error=\"invalid_token\"" : "Bearer");
        }
        if (credentials.acceptKeys()) {
            challenges.add("ApiKey");
        }
        var detail = sentToken
                ? "The bearer token is not valid for this service. It may have expired, or may be meant for another service or come from another issuer. Request a new token."
                : failure instanceof BadCredentialsException
                        ? "X-API-Key does not contain a valid key for this service. Send exactly one key that the operator issued to you."
                        : missingCredentials();
        return Mono.error(new ProblemException(ProblemCodeDto.UNAUTHENTICATED, detail, failure).challenges(challenges));
    }

    /** Rejects a request whose caller is authenticated but lacks the scope. */
    static Mono<Void> forbid(String scope) {
        return Mono.error(new ProblemException(
                ProblemCodeDto.FORBIDDEN,
                "The token lacks the scope " + scope + ". Request a token that includes it."));
    }

    private String missingCredentials() {
        if (!credentials.acceptTokens()) {
            return "The request has no credentials that this service accepts. Send an API key in X-API-Key.";
        }
        return credentials.acceptKeys()
                ? "The request has no credentials that this service accepts. Send an API key in X-API-Key or a bearer token in Authorization."
                : "The request has no credentials that this service accepts. Send a bearer token in Authorization.";
    }
}
