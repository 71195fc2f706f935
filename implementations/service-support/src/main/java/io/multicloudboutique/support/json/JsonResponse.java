package io.multicloudboutique.support.json;

import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes a response as JSON. */
public final class JsonResponse {

    private JsonResponse() {}

    /** Writes the body with its length and this media type. The status and the other headers are already set. */
    public static Mono<Void> write(ServerHttpResponse response, MediaType type, JsonMapper json, Object body) {
        var bytes = json.writeValueAsBytes(body);
        response.getHeaders().setContentType(type);
        response.getHeaders().setContentLength(bytes.length);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(bytes)));
    }
}
