package io.multicloudboutique.support.http;

import org.springframework.boot.webflux.autoconfigure.ResourceHandlerRegistrationCustomizer;
import org.springframework.web.reactive.config.ResourceHandlerRegistration;
import org.springframework.web.reactive.resource.TransformedResource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves static files from memory. If a client left while a file was read from a jar, one thread would close the stream
 * that another one reads, and the JDK could give its decompressor to the next file, which would then be corrupt. Thread-safe.
 */
public final class FilesInMemory implements ResourceHandlerRegistrationCustomizer {

    @Override
    public void customize(ResourceHandlerRegistration files) {
        files.resourceChain(true)
                .addTransformer((exchange, file, chain) -> chain.transform(exchange, file)
                        .flatMap(found -> Mono.fromCallable(
                                        () -> new TransformedResource(found, found.getContentAsByteArray()))
                                .subscribeOn(Schedulers.boundedElastic())));
    }
}
