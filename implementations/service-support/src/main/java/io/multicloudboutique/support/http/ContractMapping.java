package io.multicloudboutique.support.http;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.json.CalendarForms;
import io.multicloudboutique.support.problem.ProblemException;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
 * Leads requests to operations, where the contracts are stricter than Spring.
 *
 * <ul>
 *   <li>A path has no parameters behind {@code ;}. Spring leaves them out.
 *   <li>Successes are {@code application/json} and nothing else. The generated mappings also name
 *       {@code application/problem+json}, since the contract has it for errors; a client that accepts only that would get a
 *       success under a wrong label.
 *   <li>A query parameter has one value. Spring takes the default for an empty one, and the first or all of several.
 *   <li>Numbers, UUIDs, days and moments have one form. Spring reads {@code 0x10}, {@code 1 0} and {@code +10} as well.
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

    @Override
    protected @Nullable RequestMappingInfo getMappingForMethod(Method method, Class<?> handlerType) {
        var mapping = super.getMappingForMethod(method, handlerType);
        return mapping == null
                ? null
                : mapping.mutate().produces(MediaType.APPLICATION_JSON_VALUE).build();
    }

    @Override
    protected void handleMatch(RequestMappingInfo mapping, HandlerMethod operation, ServerWebExchange exchange) {
        super.handleMatch(mapping, operation, exchange);
        requirePlain(exchange.getRequest().getPath());
        Map<String, String> path = exchange.getRequiredAttribute(URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        var query = exchange.getRequest().getQueryParams();
        for (var parameter : operation.getMethodParameters()) {
            var inPath = parameter.getParameterAnnotation(PathVariable.class);
            if (inPath != null) {
                requireOne(parameter, List.of(path.get(inPath.value())));
            }
            var inQuery = parameter.getParameterAnnotation(RequestParam.class);
            if (inQuery != null && query.containsKey(inQuery.value())) {
                requireOne(parameter, query.get(inQuery.value()));
            }
        }
    }

    private static void requirePlain(RequestPath path) {
        var parameters = path.pathWithinApplication().elements().stream()
                .anyMatch(element -> element instanceof PathContainer.PathSegment segment
                        && !segment.parameters().isEmpty());
        if (parameters) {
            throw new ProblemException(
                    ProblemCodeDto.NOT_FOUND,
                    "This path does not exist. Remove the parameters after ';' from the path.");
        }
    }

    private static void requireOne(MethodParameter parameter, List<@Nullable String> values) {
        var form = FORMS.getOrDefault(parameter.getParameterType(), ANYTHING);
        var value = values.get(0);
        if (values.size() > 1 || value == null || !form.matcher(value).matches()) {
            throw new ServerWebInputException(
                    "Not one well-formed value",
                    parameter,
                    new TypeMismatchException(value, parameter.getParameterType()));
        }
    }
}
