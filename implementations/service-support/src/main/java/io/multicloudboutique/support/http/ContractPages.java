package io.multicloudboutique.support.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the contract of a service as one self-contained file, in YAML and in JSON, at {@code /openapi.yaml} and
 * {@code /openapi.json} and at springdoc's paths. At each path, the URL of the server is relative to that path.
 */
final class ContractPages {

    private static final String YAML = ".yaml";
    private static final String JSON = ".json";
    private static final Pattern SERVER = Pattern.compile("(\\burl\"? ?: \"?)\\./(?=\"?,?\\s)");

    private ContractPages() {}

    /**
     * Returns the paths of the contract, which pages of all origins may read.
     *
     * @param apiDocs {@code springdoc.api-docs.path}, the path of the contract as JSON
     */
    static List<String> paths(String apiDocs) {
        return List.of("/openapi.yaml", "/openapi.json", apiDocs, apiDocs + YAML);
    }

    /** @param apiDocs {@code springdoc.api-docs.path}, the path of the contract as JSON */
    static RouterFunction<ServerResponse> of(String service, String apiDocs) {
        var routes = RouterFunctions.route();
        for (var path : paths(apiDocs)) {
            var yaml = path.endsWith(YAML);
            var contract = contract(service + (yaml ? YAML : JSON), path);
            var type = yaml ? MediaType.APPLICATION_YAML : MediaType.APPLICATION_JSON;
            routes.route(
                    RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD).and(RequestPredicates.path(path)),
                    request -> contract.flatMap(
                            body -> ServerResponse.ok().contentType(type).bodyValue(body)));
        }
        return routes.build();
    }

    private static Mono<byte[]> contract(String file, String path) {
        var folders = (int) path.chars().filter(character -> character == '/').count() - 1;
        return Mono.fromCallable(() -> {
                    var text =
                            new ClassPathResource("openapi/bundled/" + file).getContentAsString(StandardCharsets.UTF_8);
                    return SERVER.matcher(text)
                            .replaceFirst("$1" + (folders == 0 ? "./" : "../".repeat(folders)))
                            .getBytes(StandardCharsets.UTF_8);
                })
                .subscribeOn(Schedulers.boundedElastic())
                .cache();
    }
}
