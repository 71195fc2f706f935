package io.multicloudboutique.support.http;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Serves the contract of a service, and the shared files at the paths to which the contract's relative references
 * resolve.
 */
final class ContractPages {

    static final MediaType YAML = MediaType.parseMediaType("application/yaml;charset=UTF-8");

    private ContractPages() {}

    static RouterFunction<ServerResponse> of(String service) {
        return RouterFunctions.route()
                .route(read("/openapi.yaml"), request -> yaml(service + ".yaml"))
                .route(
                        read("/shared/{file:[a-z]+}.yaml"),
                        request -> yaml("shared/" + request.pathVariable("file") + ".yaml"))
                .build();
    }

    static RequestPredicate read(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(path));
    }

    private static Mono<ServerResponse> yaml(String file) {
        var contract = new ClassPathResource("openapi/" + file);
        return contract.exists()
                ? Mono.fromCallable(contract::getContentAsByteArray)
                        .flatMap(bytes -> ServerResponse.ok().contentType(YAML).bodyValue(bytes))
                : ServerResponse.notFound().build();
    }
}
