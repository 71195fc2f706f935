package io.multicloudboutique.support.http;

import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Serves the contract of a service as one self-contained file, in YAML and in JSON. */
final class ContractPages {

    /** The paths of the contract, which pages of all origins may read. */
    static final List<String> PATHS = List.of("/openapi.yaml", "/openapi.json");

    private ContractPages() {}

    static RouterFunction<ServerResponse> of(String service) {
        return RouterFunctions.route()
                .route(read("/openapi.yaml"), request -> bundle(service + ".yaml", MediaType.APPLICATION_YAML))
                .route(read("/openapi.json"), request -> bundle(service + ".json", MediaType.APPLICATION_JSON))
                .build();
    }

    private static RequestPredicate read(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(path));
    }

    private static Mono<ServerResponse> bundle(String file, MediaType type) {
        var bundle = new ClassPathResource("openapi/bundled/" + file);
        return Mono.fromCallable(bundle::getContentAsByteArray)
                .flatMap(bytes -> ServerResponse.ok().contentType(type).bodyValue(bytes));
    }
}
