package io.multicloudboutique.support.swaggerui;

import java.util.stream.Stream;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.webflux.ui.SwaggerIndexTransformer;
import org.springdoc.webflux.ui.SwaggerResourceResolver;
import org.springdoc.webflux.ui.SwaggerWebFluxConfigurer;
import org.springdoc.webflux.ui.SwaggerWelcomeCommon;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.cache.Cache;
import org.springframework.cache.support.NoOpCache;

/**
 * Serves the files of Swagger UI so that neither a browser nor the service stores them. A reproducible build gives all files the
 * same time, so a browser could not see whether one has changed. The service's cache would have an entry for every
 * spelling of a path, and there is no end of them.
 */
final class UncachedFiles extends SwaggerWebFluxConfigurer {

    UncachedFiles(
            SwaggerUiConfigProperties settings,
            WebProperties web,
            WebFluxProperties webFlux,
            SwaggerIndexTransformer transformer,
            SwaggerResourceResolver resolver,
            SwaggerWelcomeCommon pages) {
        super(settings, web, webFlux, transformer, resolver, pages);
    }

    @Override
    protected SwaggerResourceHandlerConfig[] getSwaggerHandlerConfigs() {
        return Stream.of(super.getSwaggerHandlerConfigs())
                .map(files -> SwaggerResourceHandlerConfig.createUncached()
                        .setPatterns(files.patternsArray())
                        .setLocations(files.locationsArray()))
                .toArray(SwaggerResourceHandlerConfig[]::new);
    }

    /** Returns nothing: the files have one path. */
    @Override
    protected SwaggerResourceHandlerConfig[] getSwaggerWebjarHandlerConfigs() {
        return new SwaggerResourceHandlerConfig[0];
    }

    @Override
    protected Cache getCache() {
        return new NoOpCache("swagger-ui");
    }
}
