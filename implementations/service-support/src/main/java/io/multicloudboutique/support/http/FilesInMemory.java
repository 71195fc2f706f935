package io.multicloudboutique.support.http;

import org.springframework.boot.webflux.autoconfigure.ResourceHandlerRegistrationCustomizer;
import org.springframework.core.io.Resource;
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
                .addTransformer((exchange, file, chain) ->
                        chain.transform(exchange, file).flatMap(FilesInMemory::read));
    }

    /** Reads a file into memory, on a thread that may block. */
    public static Mono<Resource> read(Resource file) {
        return Mono.<Resource>fromCallable(() -> new TransformedResource(file, file.getContentAsByteArray()))
                .subscribeOn(Schedulers.boundedElastic());
    }
}
