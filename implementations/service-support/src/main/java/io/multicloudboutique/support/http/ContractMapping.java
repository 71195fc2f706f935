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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.webflux.ui.SwaggerConfigResource;
import org.springdoc.webflux.ui.SwaggerWelcomeCommon;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.RequestPath;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
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
 *   <li>A header has one value, unless the header is a list. Spring joins the values with commas, so that two idempotency
 *       keys would become a third one.
 *   <li>Integers, booleans, UUIDs, dates and timestamps have one form. Spring also accepts {@code 0x10}, {@code 1 0},
 *       {@code +10} and {@code yes}.
 *   <li>A parameter whose values the contract lists has one of these. Spring also accepts a space, and the names of Java's
 *       constants, such as {@code ACTIVE}.
 *   <li>A body has no content coding. Spring would parse the compressed bytes.
 * </ul>
 */
class ContractMapping extends RequestMappingHandlerMapping {

    private static final String IDENTITY = "identity";
    private static final Pattern ANYTHING = Pattern.compile(".+", Pattern.DOTALL);
    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");
    private static final Map<Class<?>, Pattern> FORMS = Map.of(
            Integer.class,
            INTEGER,
            Long.class,
            INTEGER,
            Boolean.class,
            Pattern.compile("true|false"),
            UUID.class,
            RequestId.UUID_FORM,
            LocalDate.class,
            CalendarForms.DATE,
            OffsetDateTime.class,
            CalendarForms.DATE_TIME);

    /** The headers that are lists. Several of them are one list (RFC 9110, section 5.3). */
    private static final Set<String> LISTS = Set.of(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);

    /** The input of each operation. Reading its annotations for every request would be slow. */
    private final Map<Method, Input> inputs = new ConcurrentHashMap<>();

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

    /** Compares the path first. Spring would first negotiate the media type of each operation with the same method. */
    @Override
    protected @Nullable RequestMappingInfo getMatchingMapping(RequestMappingInfo mapping, ServerWebExchange exchange) {
        return mapping.getPatternsCondition().getMatchingCondition(exchange) == null
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
        Map<String, String> path = exchange.getRequiredAttribute(URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        var query = exchange.getRequest().getQueryParams();
        var headers = exchange.getRequest().getHeaders();
        var input = inputs.computeIfAbsent(operation.getMethod(), method -> inputOf(operation));
        if (input.hasBody()) {
            requireNoContentEncoding(exchange);
        }
        for (var checked : input.parameters()) {
            switch (checked.in()) {
                case PATH -> checked.requireOneWellFormedValue(List.of(path.get(checked.name())));
                case QUERY -> {
                    if (query.containsKey(checked.name())) {
                        checked.requireOneWellFormedValue(query.get(checked.name()));
                    }
                }
                case HEADER -> {
                    if (headers.getOrEmpty(checked.name()).size() > 1) {
                        throw checked.malformed(null);
                    }
                }
            }
        }
    }

    private static Input inputOf(HandlerMethod operation) {
        var checked = new ArrayList<CheckedParameter>();
        var hasBody = false;
        for (var parameter : operation.getMethodParameters()) {
            var inPath = parameter.getParameterAnnotation(PathVariable.class);
            var inQuery = parameter.getParameterAnnotation(RequestParam.class);
            var inHeader = parameter.getParameterAnnotation(RequestHeader.class);
            if (inPath != null) {
                checked.add(new CheckedParameter(parameter, In.PATH, inPath.value()));
            } else if (inQuery != null) {
                checked.add(new CheckedParameter(parameter, In.QUERY, inQuery.value()));
            } else if (inHeader != null && !LISTS.contains(inHeader.value())) {
                checked.add(new CheckedParameter(parameter, In.HEADER, inHeader.value()));
            } else if (parameter.hasParameterAnnotation(RequestBody.class)) {
                hasBody = true;
            }
        }
        return new Input(checked, hasBody);
    }

    /** The response says what would be accepted, as RFC 9110 recommends. */
    private static void requireNoContentEncoding(ServerWebExchange exchange) {
        var codings = exchange.getRequest().getHeaders().getValuesAsList(HttpHeaders.CONTENT_ENCODING);
        if (!codings.stream().allMatch(IDENTITY::equalsIgnoreCase)) {
            exchange.getResponse().getHeaders().set(HttpHeaders.ACCEPT_ENCODING, IDENTITY);
            throw new ProblemException(
                    ProblemCodeDto.UNSUPPORTED_MEDIA_TYPE,
                    "The service accepts no Content-Encoding. Send the body uncompressed, as application/json.");
        }
    }

    private static void requireNoPathParameters(RequestPath path) {
        if (path.pathWithinApplication().value().indexOf(';') >= 0) {
            throw new ProblemException(
                    ProblemCodeDto.NOT_FOUND,
                    "This path does not exist. Remove the parameters after ';' from the path.");
        }
    }

    private record Input(List<CheckedParameter> parameters, boolean hasBody) {}

    private enum In {
        PATH,
        QUERY,
        HEADER
    }

    /** @param form the form of the value */
    private record CheckedParameter(MethodParameter parameter, In in, String name, Pattern form) {

        CheckedParameter(MethodParameter parameter, In in, String name) {
            this(parameter, in, name, formOf(parameter.getParameterType()));
        }

        private static Pattern formOf(Class<?> type) {
            return type.isEnum()
                    ? Pattern.compile(Stream.of(type.getEnumConstants())
                            .map(constant -> Pattern.quote(constant.toString()))
                            .collect(Collectors.joining("|")))
                    : FORMS.getOrDefault(type, ANYTHING);
        }

        void requireOneWellFormedValue(List<@Nullable String> values) {
            var value = values.get(0);
            if (values.size() > 1 || value == null || !form.matcher(value).matches()) {
                throw malformed(value);
            }
        }

        ServerWebInputException malformed(@Nullable String value) {
            return new ServerWebInputException(
                    "Expected exactly one well-formed value",
                    parameter,
                    new TypeMismatchException(value, parameter.getParameterType()));
        }
    }
}
