package io.multicloudboutique.support.http;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.method.MethodValidator;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.support.WebBindingInitializer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * An operation of a contract. Knows everything about its parameters that does not depend on a request. Thread-safe.
 */
final class Operation extends HandlerMethod {

    private static final String IDENTITY = "identity";

    /** The parameters in their order. Null stands for the body. */
    private final List<@Nullable OperationParameter> parameters;

    private final @Nullable MethodParameter body;
    private final HandlerMethodArgumentResolver bodies;
    private final MethodValidator validator;
    private final WebBindingInitializer conversion;

    private Operation(
            HandlerMethod method,
            List<@Nullable OperationParameter> parameters,
            @Nullable MethodParameter body,
            HandlerMethodArgumentResolver bodies,
            MethodValidator validator,
            WebBindingInitializer conversion) {
        super(method);
        this.parameters = parameters;
        this.body = body;
        this.bodies = bodies;
        this.validator = validator;
        this.conversion = conversion;
    }

    /**
     * Returns the operation of a method, or nothing if the method belongs to no contract, such as those of springdoc's pages
     * and Spring's answer to OPTIONS.
     *
     * @param bodies reads bodies
     * @param conversion gives access to the converters of parameters
     */
    static Optional<Operation> of(
            HandlerMethod method,
            HandlerMethodArgumentResolver bodies,
            MethodValidator validator,
            WebBindingInitializer conversion) {
        var result = ResolvableType.forMethodReturnType(method.getMethod());
        if (result.resolve() != Mono.class || result.getGeneric().resolve() != ResponseEntity.class) {
            return Optional.empty();
        }
        var parameters = new ArrayList<@Nullable OperationParameter>();
        MethodParameter body = null;
        for (var parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                body = parameter;
                parameters.add(null);
            } else {
                var read = OperationParameter.of(parameter, conversion);
                if (read.isEmpty()) {
                    return Optional.empty();
                }
                parameters.add(read.get());
            }
        }
        return Optional.of(new Operation(method, parameters, body, bodies, validator, conversion));
    }

    /** Reads the arguments from the request, validates them, and calls the operation. */
    Mono<ResponseEntity<?>> call(ServerWebExchange exchange) {
        if (body != null) {
            requireNoContentEncoding(exchange);
        }
        var arguments = new @Nullable Object[parameters.size()];
        for (var index = 0; index < arguments.length; index++) {
            var parameter = parameters.get(index);
            arguments[index] = parameter == null ? null : parameter.read(exchange);
        }
        if (body == null) {
            return call(exchange, arguments);
        }
        return bodies.resolveArgument(body, new BindingContext(conversion), exchange)
                .flatMap(sent -> {
                    arguments[body.getParameterIndex()] = sent;
                    return call(exchange, arguments);
                });
    }

    /** The response says what would be accepted, as RFC 9110 recommends. Spring would parse the compressed bytes. */
    private static void requireNoContentEncoding(ServerWebExchange exchange) {
        var codings = exchange.getRequest().getHeaders().getValuesAsList(HttpHeaders.CONTENT_ENCODING);
        if (!codings.stream().allMatch(IDENTITY::equalsIgnoreCase)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            throw new ProblemException(
                    ProblemCodeDto.UNSUPPORTED_MEDIA_TYPE,
                    "The service accepts no Content-Encoding. Send the body uncompressed, as application/json.");
        }
    }

    @SuppressWarnings("unchecked") // the result has this type
    private Mono<ResponseEntity<?>> call(ServerWebExchange exchange, @Nullable Object[] arguments) {
        if (shouldValidateArguments()) {
            LocaleContextHolder.setLocaleContext(exchange.getLocaleContext());
            try {
                validator.applyArgumentValidation(
                        getBean(), getBridgedMethod(), getMethodParameters(), arguments, getValidationGroups());
            } finally {
                LocaleContextHolder.resetLocaleContext();
            }
        }
        try {
            return (Mono<ResponseEntity<?>>) getBridgedMethod().invoke(getBean(), arguments);
        } catch (InvocationTargetException failure) {
            return Mono.error(failure.getTargetException());
        } catch (IllegalAccessException impossible) { // HandlerMethod has made the method accessible
            throw new IllegalStateException(impossible);
        }
    }
}
