package io.multicloudboutique.support.http;

import io.multicloudboutique.support.json.JsonResponse;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidator;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.annotation.RequestBodyMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the operations of a contract, and writes their responses. Prepares each operation once. Spring would find out for
 * each request which converters, codecs and media types its operation needs, and would look for methods that set up
 * binders, models and error responses, which no operation has. That would take a fifth of the CPU time of a read. Thread-safe.
 */
final class OperationAdapter extends RequestMappingHandlerAdapter {

    private final JsonMapper json;

    /** The operations that have been called. Has no other methods, because Spring creates one for each OPTIONS request. */
    private final Map<HandlerMethod, Operation> operations = new ConcurrentHashMap<>();

    OperationAdapter(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        var method = (HandlerMethod) handler;
        var known = operations.get(method);
        var operation = known != null ? known : prepare(method);
        return operation != null ? respond(operation, exchange) : super.handle(exchange, handler);
    }

    @SuppressWarnings("unchecked") // it never has a result, because the response is complete
    private Mono<HandlerResult> respond(Operation operation, ServerWebExchange exchange) {
        Mono<?> response = operation.call(exchange).flatMap(result -> write(exchange, result));
        return (Mono<HandlerResult>) response;
    }

    private @Nullable Operation prepare(HandlerMethod method) {
        var conversion = Objects.requireNonNull(getWebBindingInitializer());
        var operation = Operation.of(
                method,
                new RequestBodyMethodArgumentResolver(getMessageReaders(), getReactiveAdapterRegistry()),
                Objects.requireNonNull(HandlerMethodValidator.from(
                        conversion,
                        null,
                        parameter -> false,
                        parameter -> parameter.hasParameterAnnotation(RequestParam.class))),
                conversion);
        operation.ifPresent(prepared -> operations.put(method, prepared));
        return operation.orElse(null);
    }

    private Mono<Void> write(ServerWebExchange exchange, ResponseEntity<?> result) {
        var response = exchange.getResponse();
        response.setStatusCode(result.getStatusCode());
        response.getHeaders().putAll(result.getHeaders());
        var body = result.getBody();
        if (body == null || isUnmodified(exchange, result.getHeaders().getETag())) {
            return response.setComplete();
        }
        return body instanceof Flux<?> items
                ? items.collectList().flatMap(list -> write(response, list))
                : write(response, body);
    }

    private Mono<Void> write(ServerHttpResponse response, Object body) {
        return JsonResponse.write(response, MediaType.APPLICATION_JSON, json, body);
    }

    private static boolean isUnmodified(ServerWebExchange exchange, @Nullable String etag) {
        var method = exchange.getRequest().getMethod();
        return etag != null
                && (method == HttpMethod.GET || method == HttpMethod.HEAD)
                && exchange.checkNotModified(etag);
    }
}
