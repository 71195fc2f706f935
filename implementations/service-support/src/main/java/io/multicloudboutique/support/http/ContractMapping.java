package io.multicloudboutique.support.http;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.webflux.ui.SwaggerConfigResource;
import org.springdoc.webflux.ui.SwaggerWelcomeCommon;
import org.springframework.http.MediaType;
import org.springframework.http.server.RequestPath;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Maps requests to operations. Adds the rules in which the contracts are stricter than Spring:
 *
 * <ul>
 *   <li>A path has no parameters after {@code ;}. Spring ignores them.
 *   <li>Success responses are {@code application/json} only. The generated mappings also produce
 *       {@code application/problem+json}, because the contracts declare it for errors. A client that accepts only
 *       {@code application/problem+json} would get a success response with this wrong content type.
 * </ul>
 */
class ContractMapping extends RequestMappingHandlerMapping {

    /** springdoc's pages, which are in no contract. */
    private final Set<Method> pages = ConcurrentHashMap.newKeySet();

    @Override
    protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> handlerType) {
        var mapping = super.getMappingForMethod(method, handlerType);
        if (mapping == null) {
            return null;
        }
        if (SwaggerWelcomeCommon.class.isAssignableFrom(handlerType) || handlerType == SwaggerConfigResource.class) {
            pages.add(method);
            return mapping;
        }
        return mapping.mutate().produces(MediaType.APPLICATION_JSON_VALUE).build();
    }

    /** Is asked before the pages of the contract, because most requests are for operations. */
    @Override
    public int getOrder() {
        return -2;
    }

    /** Compares what is cheap first. Spring would first negotiate the media type of each operation with the same method. */
    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, ServerWebExchange exchange) {
        return mapping.getMethodsCondition().getMatchingCondition(exchange) == null
                        || mapping.getPatternsCondition().getMatchingCondition(exchange) == null
                ? null
                : super.getMatchingMapping(mapping, exchange);
    }

    @Override
    protected void handleMatch(RequestMappingInfo mapping, HandlerMethod operation, ServerWebExchange exchange) {
        super.handleMatch(mapping, operation, exchange);
        if (pages.contains(operation.getMethod())) {
            exchange.getAttributes().remove(BEST_MATCHING_HANDLER_ATTRIBUTE); // logs and metrics name only operations
            return;
        }
        requireNoPathParameters(exchange.getRequest().getPath());
    }

    private static void requireNoPathParameters(RequestPath path) {
        if (path.pathWithinApplication().value().indexOf(';') >= 0) {
            throw new ProblemException(
                    ProblemCodeDto.NOT_FOUND,
                    "This path does not exist. Remove the parameters after ';' from the path.");
        }
    }
}
