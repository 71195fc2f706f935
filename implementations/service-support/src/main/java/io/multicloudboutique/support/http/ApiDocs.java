package io.multicloudboutique.support.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the contract of a service at springdoc's paths. It differs from the file in one value: the server's URL is
 * relative to the contract, whose path has other folders here.
 */
final class ApiDocs {

    private static final Pattern SERVER = Pattern.compile("(\\burl\"? ?: \"?)\\./(?=\"?,?\\s)");

    private ApiDocs() {}

    /** Returns the paths of the contract as JSON and as YAML, which pages of all origins may read. */
    static List<String> paths(String path) {
        return List.of(path, path + ".yaml");
    }

    /** @param path {@code springdoc.api-docs.path}, the path of the contract as JSON */
    static RouterFunction<ServerResponse> of(String service, String path) {
        var json = contract(service + ".json", path);
        var yaml = contract(service + ".yaml", path);
        return RouterFunctions.route()
                .route(
                        ContractPages.read(path),
                        request -> json.flatMap(body -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_JSON)
                                .bodyValue(body)))
                .route(
                        ContractPages.read(path + ".yaml"),
                        request -> yaml.flatMap(body -> ServerResponse.ok()
                                .contentType(MediaType.APPLICATION_YAML)
                                .bodyValue(body)))
                .build();
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
