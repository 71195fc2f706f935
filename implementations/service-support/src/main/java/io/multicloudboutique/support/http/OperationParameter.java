package io.multicloudboutique.support.http;

import io.multicloudboutique.support.json.CalendarForms;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.bind.support.WebBindingInitializer;
import org.springframework.web.bind.support.WebExchangeDataBinder;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;

/**
 * A parameter of an operation in the path, in the query or in a header. Its rules are stricter than Spring's:
 *
 * <ul>
 *   <li>A query parameter has exactly one value. Spring replaces an empty value with the default, and uses the first
 *       value or all values if there are several.
 *   <li>A header has one value, unless the header is a list. Spring joins the values with commas, so that two idempotency
 *       keys would become a third one.
 *   <li>Integers, booleans, UUIDs, dates and timestamps have one form. Spring also accepts {@code 0x10}, {@code 1 0},
 *       {@code +10} and {@code yes}.
 *   <li>A parameter whose values the contract lists has one of these. Spring also accepts a space, and the names of Java's
 *       constants, such as {@code ACTIVE}.
 * </ul>
 *
 * <p>Thread-safe.
 */
final class OperationParameter {

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

    private enum In {
        PATH,
        QUERY,
        HEADER
    }

    private final MethodParameter parameter;
    private final WebBindingInitializer conversion;
    private final In in;
    private final String name;
    private final boolean required;

    /** The value of an absent parameter. */
    private final @Nullable Object absent;

    /** The form of a value that is not just text. */
    private final @Nullable Pattern form;

    private OperationParameter(
            MethodParameter parameter,
            WebBindingInitializer conversion,
            In in,
            String name,
            boolean required,
            String defaultValue) {
        this.parameter = parameter;
        this.conversion = conversion;
        this.in = in;
        this.name = name;
        form = formOf(parameter.getParameterType());
        var hasDefault = !defaultValue.equals(ValueConstants.DEFAULT_NONE);
        this.required = required && !hasDefault;
        absent = hasDefault ? converted(defaultValue) : null;
    }

    /**
     * Returns the parameter, or nothing if it is in another place.
     *
     * @param conversion gives access to the converters
     */
    static Optional<OperationParameter> of(MethodParameter parameter, WebBindingInitializer conversion) {
        var path = parameter.getParameterAnnotation(PathVariable.class);
        if (path != null) {
            return Optional.of(new OperationParameter(
                    parameter, conversion, In.PATH, path.value(), true, ValueConstants.DEFAULT_NONE));
        }
        var query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null) {
            return Optional.of(new OperationParameter(
                    parameter, conversion, In.QUERY, query.value(), query.required(), query.defaultValue()));
        }
        return Optional.ofNullable(parameter.getParameterAnnotation(RequestHeader.class))
                .map(header -> new OperationParameter(
                        parameter, conversion, In.HEADER, header.value(), header.required(), header.defaultValue()));
    }

    private static @Nullable Pattern formOf(Class<?> type) {
        return type.isEnum()
                ? Pattern.compile(Stream.of(type.getEnumConstants())
                        .map(constant -> Pattern.quote(constant.toString()))
                        .collect(Collectors.joining("|")))
                : FORMS.get(type);
    }

    /**
     * Returns the value of this parameter in a request.
     *
     * @throws ServerWebInputException if the value is missing or malformed
     */
    @Nullable
    Object read(ServerWebExchange exchange) {
        var values = values(exchange);
        if (values == null || values.isEmpty()) {
            if (required) {
                throw malformed(null, null);
            }
            return absent;
        }
        if (in == In.HEADER && LISTS.contains(name)) {
            return String.join(",", values);
        }
        var value = values.get(0);
        if (values.size() > 1
                || value == null
                || in != In.HEADER && value.isEmpty()
                || form != null && !form.matcher(value).matches()) {
            throw malformed(value, null);
        }
        return converted(value);
    }

    private @Nullable List<@Nullable String> values(ServerWebExchange exchange) {
        return switch (in) {
            case PATH -> {
                Map<String, String> path =
                        exchange.getRequiredAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
                yield List.of(path.get(name));
            }
            case QUERY -> exchange.getRequest().getQueryParams().get(name);
            case HEADER -> exchange.getRequest().getHeaders().get(name);
        };
    }

    private @Nullable Object converted(String value) {
        if (parameter.getParameterType() == String.class) {
            return value;
        }
        var binder = new WebExchangeDataBinder(null);
        conversion.initBinder(binder);
        try {
            return binder.convertIfNecessary(value, parameter.getParameterType(), parameter);
        } catch (TypeMismatchException unreadable) {
            throw malformed(value, unreadable);
        }
    }

    private ServerWebInputException malformed(@Nullable String value, @Nullable TypeMismatchException cause) {
        return new ServerWebInputException(
                "Expected exactly one well-formed value",
                parameter,
                cause != null ? cause : new TypeMismatchException(value, parameter.getParameterType()));
    }
}
