package io.multicloudboutique.support.http;

import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The contract of a service and what it refers to, at the paths where the contract's relative references look. */
final class ContractPages {

    private static final MediaType YAML = MediaType.parseMediaType("application/yaml;charset=UTF-8");

    private ContractPages() {}

    static RouterFunction<ServerResponse> of(String service) {
        return RouterFunctions.route()
                .GET("/openapi.yaml", request -> yaml(service + ".yaml"))
                .GET("/shared/{file:[a-z]+}.yaml", request -> yaml("shared/" + request.pathVariable("file") + ".yaml"))
                .build();
    }

    private static Mono<ServerResponse> yaml(String file) {
        var contract = new ClassPathResource("openapi/" + file);
        return contract.exists()
                ? ServerResponse.ok().contentType(YAML).bodyValue(contract)
                : ServerResponse.notFound().build();
    }
}
