package io.multicloudboutique.support.security;

import io.multicloudboutique.support.http.CurrentExchange;
import java.security.Principal;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** The authenticated caller of the current request, by the name that other callers may see. */
public final class Caller {

    private Caller() {}

    /**
     * Returns the name of the API key, or the subject of the token. Empty if the request has no credentials, which only open
     * access permits. Fails with an {@link IllegalStateException} if no request is being handled.
     */
    public static Mono<Optional<String>> current() {
        return CurrentExchange.with(exchange -> exchange.getPrincipal()
                .map(Principal::getName)
                .map(name -> Optional.of(name.substring(name.indexOf(':') + 1))) // without the kind of credentials
                .defaultIfEmpty(Optional.empty()));
    }
}
