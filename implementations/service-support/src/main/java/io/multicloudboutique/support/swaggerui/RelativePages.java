package io.multicloudboutique.support.swaggerui;

import java.net.URI;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.webflux.ui.SwaggerWelcomeWebFlux;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/**
 * Redirects to Swagger UI and configures it with URLs that are relative to its page. springdoc's own URLs begin with
 * the path prefix, which it knows only if the proxy that strips the prefix also sends it in {@code X-Forwarded-Prefix}.
 */
final class RelativePages extends SwaggerWelcomeWebFlux {

    RelativePages(
            SwaggerUiConfigProperties settings,
            SpringDocConfigProperties springdoc,
            ObjectProvider<SpringWebProvider> mappings) {
        super(settings, springdoc, mappings);
    }

    @Override
    public Mono<Void> redirectToUi(ServerWebExchange exchange) {
        var page = UriComponentsBuilder.fromPath(getSwaggerUiUrl().substring(1));
        exchange.getRequest().getQueryParams().forEach(page::queryParam);
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.FOUND);
        response.getHeaders().setLocation(URI.create(page.encode().toUriString()));
        return response.setComplete();
    }

    /** Returns the path of a document relative to the page, which is one folder below {@code springdoc.swagger-ui.path}. */
    @Override
    protected String buildUrl(String prefix, String path) {
        var foldersOfPage = swaggerUiConfig
                .getPath()
                .chars()
                .filter(character -> character == '/')
                .count();
        return "../".repeat((int) foldersOfPage) + path.substring(path.startsWith("/") ? 1 : 0);
    }
}
