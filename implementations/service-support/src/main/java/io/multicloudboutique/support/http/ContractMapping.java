package io.multicloudboutique.support.http;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.json.CalendarForms;
import io.multicloudboutique.support.problem.ProblemException;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springdoc.webflux.ui.SwaggerConfigResource;
import org.springdoc.webflux.ui.SwaggerWelcomeCommon;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;

/**
 * Maps requests to operations. Adds the rules in which the contracts are stricter than Spring:
 *
 * <ul>
 *   <li>A path has no parameters after {@code ;}. Spring ignores them.
 *   <li>Success responses are {@code application/json} only. The generated mappings also produce
 *       {@code application/problem+json}, because the contracts declare it for errors. A client that accepts only
 *       {@code application/problem+json} would get a success response with this wrong content type.
 *   <li>A query parameter has exactly one value. Spring replaces an empty value with the default, and uses the first
 *       value or all values if there are several.
 *   <li>Integers, UUIDs, dates and timestamps have one form. Spring also accepts {@code 0x10}, {@code 1 0} and
 *       {@code +10}.
 * </ul>
 */
class ContractMapping extends RequestMappingHandlerMapping {

    private static final Pattern ANYTHING = Pattern.compile(".+", Pattern.DOTALL);
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Map<Class<?>, Pattern> FORMS = Map.of(
            Integer.class, INTEGER,
            Long.class, INTEGER,
            UUID.class, RequestId.UUID_FORM,
            LocalDate.class, CalendarForms.DATE,
            OffsetDateTime.class, CalendarForms.DATE_TIME);

    /** The parameters of each operation. Reading their annotations for every request would be slow. */
    private final Map<Method, List<CheckedParameter>> parameters = new ConcurrentHashMap<>();

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

    @Override
    protected void handleMatch(RequestMappingInfo mapping, HandlerMethod operation, ServerWebExchange exchange) {
        super.handleMatch(mapping, operation, exchange);
        if (pages.contains(operation.getMethod())) {
            exchange.getAttributes().remove(BEST_MATCHING_HANDLER_ATTRIBUTE); // logs and metrics name only operations
            return;
        }
        requireNoPathParameters(exchange.getRequest().getPath());
        Map<String, String> path = exchange.getRequiredAttribute(URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        var query = exchange.getRequest().getQueryParams();
        for (var checked : parameters.computeIfAbsent(operation.getMethod(), method -> checkedParameters(operation))) {
            if (checked.inPath()) {
                checked.requireOneWellFormedValue(List.of(path.get(checked.name())));
            } else if (query.containsKey(checked.name())) {
                checked.requireOneWellFormedValue(query.get(checked.name()));
            }
        }
    }

    private static List<CheckedParameter> checkedParameters(HandlerMethod operation) {
        var checked = new ArrayList<CheckedParameter>();
        for (var parameter : operation.getMethodParameters()) {
            var inPath = parameter.getParameterAnnotation(PathVariable.class);
            var inQuery = parameter.getParameterAnnotation(RequestParam.class);
            if (inPath != null) {
                checked.add(new CheckedParameter(parameter, true, inPath.value()));
            } else if (inQuery != null) {
                checked.add(new CheckedParameter(parameter, false, inQuery.value()));
            }
        }
        return checked;
    }

    private static void requireNoPathParameters(RequestPath path) {
        var parameters = path.pathWithinApplication().elements().stream()
                .anyMatch(element -> element instanceof PathContainer.PathSegment segment
                        && !segment.parameters().isEmpty());
        if (parameters) {
            throw new ProblemException(
                    ProblemCodeDto.NOT_FOUND,
                    "This path does not exist. Remove the parameters after ';' from the path.");
        }
    }

    private record CheckedParameter(MethodParameter parameter, boolean inPath, String name) {

        void requireOneWellFormedValue(List<@Nullable String> values) {
            var form = FORMS.getOrDefault(parameter.getParameterType(), ANYTHING);
            var value = values.get(0);
            if (values.size() > 1 || value == null || !form.matcher(value).matches()) {
                throw new ServerWebInputException(
                        "Expected exactly one well-formed value",
                        parameter,
                        new TypeMismatchException(value, parameter.getParameterType()));
            }
        }
    }
}
