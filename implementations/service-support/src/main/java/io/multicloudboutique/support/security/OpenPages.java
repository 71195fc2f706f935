package io.multicloudboutique.support.security;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Matches the requests for the contract and Swagger UI, which a client reads before it has credentials, and for the
 * health operations, because probes have none. These requests need no credentials and have no rate limit. Thread-safe.
 */
public final class OpenPages implements ServerWebExchangeMatcher {

    private final List<PathPattern> paths;

    /**
     * @param contract {@code springdoc.api-docs.path}
     * @param swaggerUi {@code springdoc.swagger-ui.path}; springdoc serves the files of Swagger UI in the folder
     *     {@code swagger-ui} next to it
     */
    public OpenPages(String contract, String swaggerUi) {
        var files = swaggerUi.substring(0, swaggerUi.lastIndexOf('/')) + "/swagger-ui/**";
        paths = Stream.of(
                        "/health",
                        "/livez",
                        "/readyz",
                        "/openapi.yaml",
                        "/openapi.json",
                        contract,
                        contract + ".yaml",
                        contract + "/swagger-config",
                        swaggerUi,
                        files)
                .map(PathPatternParser.defaultInstance::parse)
                .toList();
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        var request = exchange.getRequest();
        var reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        var path = request.getPath().pathWithinApplication();
        return reads && paths.stream().anyMatch(open -> open.matches(path))
                ? MatchResult.match()
                : MatchResult.notMatch();
    }
}
