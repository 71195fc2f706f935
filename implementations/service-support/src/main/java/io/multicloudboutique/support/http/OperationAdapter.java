package io.multicloudboutique.support.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.annotation.HandlerMethodValidator;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.reactive.result.method.InvocableHandlerMethod;
import org.springframework.web.reactive.result.method.annotation.PathVariableMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.RequestBodyMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.RequestHeaderMethodArgumentResolver;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestParamMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Calls the operations of a contract. Prepares the call of each operation once. Spring would do this for each request, and
 * would also look for methods that set up binders, models and error responses, which no operation has. That would take a
 * tenth of the memory of a request in progress. Thread-safe.
 */
final class OperationAdapter extends RequestMappingHandlerAdapter {

    /** The operations that have been called. The value is empty for springdoc's pages, whose parameters are different. */
    private final Map<HandlerMethod, Optional<InvocableHandlerMethod>> operations = new ConcurrentHashMap<>();

    @Override
    public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
        var known = operations.get(handler);
        var operation = known != null ? known : operations.computeIfAbsent((HandlerMethod) handler, this::operation);
        return operation
                .map(prepared -> prepared.invoke(exchange, bindingContext(prepared)))
                .orElseGet(() -> super.handle(exchange, handler));
    }

    private BindingContext bindingContext(HandlerMethod operation) {
        var context = new BindingContext(getWebBindingInitializer(), getReactiveAdapterRegistry());
        context.setMethodValidationApplicable(operation.shouldValidateArguments());
        return context;
    }

    private Optional<InvocableHandlerMethod> operation(HandlerMethod method) {
        var registry = getReactiveAdapterRegistry();
        var query = new RequestParamMethodArgumentResolver(null, registry, false);
        var resolvers = List.<HandlerMethodArgumentResolver>of(
                query,
                new PathVariableMethodArgumentResolver(null, registry),
                new RequestHeaderMethodArgumentResolver(null, registry),
                new RequestBodyMethodArgumentResolver(getMessageReaders(), registry));
        var isOperation = Stream.of(method.getMethodParameters())
                .allMatch(parameter -> resolvers.stream().anyMatch(resolver -> resolver.supportsParameter(parameter)));
        if (!isOperation) {
            return Optional.empty();
        }
        var operation = new InvocableHandlerMethod(method);
        operation.setArgumentResolvers(resolvers);
        operation.setReactiveAdapterRegistry(registry);
        operation.setMethodValidator(HandlerMethodValidator.from(
                getWebBindingInitializer(), null, parameter -> false, query::supportsParameter));
        return Optional.of(operation);
    }
}
