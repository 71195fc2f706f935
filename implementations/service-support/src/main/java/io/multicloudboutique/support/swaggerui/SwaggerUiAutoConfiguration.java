package io.multicloudboutique.support.swaggerui;

import io.multicloudboutique.support.http.FilesInMemory;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.core.properties.SwaggerUiConfigProperties;
import org.springdoc.core.properties.SwaggerUiOAuthProperties;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.providers.SpringWebProvider;
import org.springdoc.webflux.ui.SwaggerConfig;
import org.springdoc.webflux.ui.SwaggerIndexPageTransformer;
import org.springdoc.webflux.ui.SwaggerIndexTransformer;
import org.springdoc.webflux.ui.SwaggerResourceResolver;
import org.springdoc.webflux.ui.SwaggerWebFluxConfigurer;
import org.springdoc.webflux.ui.SwaggerWelcomeCommon;
import org.springdoc.webflux.ui.SwaggerWelcomeWebFlux;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.web.WebProperties;
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Replaces three of springdoc's beans, so that Swagger UI works behind any path prefix and serves its files from memory. */
@AutoConfiguration(before = SwaggerConfig.class)
@ConditionalOnBooleanProperty(name = "springdoc.swagger-ui.enabled", matchIfMissing = true)
public class SwaggerUiAutoConfiguration {

    @Bean
    SwaggerWelcomeWebFlux relativePages(
            SwaggerUiConfigProperties settings,
            SpringDocConfigProperties springdoc,
            ObjectProvider<SpringWebProvider> mappings) {
        return new RelativePages(settings, springdoc, mappings);
    }

    @Bean
    SwaggerWebFluxConfigurer uncachedFiles(
            SwaggerUiConfigProperties settings,
            WebProperties web,
            WebFluxProperties webFlux,
            SwaggerIndexTransformer transformer,
            SwaggerResourceResolver resolver,
            SwaggerWelcomeCommon pages) {
        return new UncachedFiles(settings, web, webFlux, transformer, resolver, pages);
    }

    @Bean
    SwaggerIndexTransformer filesInMemoryTransformer(
            SwaggerUiConfigProperties settings,
            SwaggerUiOAuthProperties oauth,
            SwaggerWelcomeCommon pages,
            ObjectMapperProvider json) {
        var initializer = new SwaggerIndexPageTransformer(settings, oauth, pages, json);
        return (exchange, file, chain) -> Mono.defer(() -> initializer.transform(exchange, file, chain))
                .flatMap(FilesInMemory::read)
                .subscribeOn(Schedulers.boundedElastic());
    }
}
