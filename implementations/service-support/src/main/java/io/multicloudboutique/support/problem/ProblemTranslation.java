package io.multicloudboutique.support.problem;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.database.SqlStates;
import io.multicloudboutique.support.json.ContractMismatch;
import io.multicloudboutique.support.problem.ProblemException.Violation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.MediaType;
import org.springframework.validation.FieldError;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;

/** Translates exceptions of the framework and of the database to problems. */
final class ProblemTranslation {

    private ProblemTranslation() {}

    static ProblemException problemFor(Throwable error) {
        if (error instanceof ProblemException problem) {
            return problem;
        }
        if (error instanceof WebExchangeBindException invalid) {
            return ProblemException.invalid(violations(invalid));
        }
        if (error instanceof HandlerMethodValidationException invalid) {
            return invalidParameters(invalid);
        }
        if (error instanceof MethodNotAllowedException notAllowed) {
            return new ProblemException(
                    ProblemCodeDto.METHOD_NOT_ALLOWED,
                    "This path does not support " + notAllowed.getHttpMethod()
                            + ". The Allow header lists the supported methods.");
        }
        if (error instanceof NotAcceptableStatusException) {
            return new ProblemException(
                    ProblemCodeDto.NOT_ACCEPTABLE,
                    "This operation returns application/json. Send an Accept header that allows it.");
        }
        if (error instanceof UnsupportedMediaTypeStatusException) {
            return new ProblemException(
                    ProblemCodeDto.UNSUPPORTED_MEDIA_TYPE,
                    "The body must be JSON. Send it with the Content-Type application/json.");
        }
        if (hasCause(error, DataBufferLimitException.class)) {
            return new ProblemException(
                    ProblemCodeDto.CONTENT_TOO_LARGE,
                    "The body exceeds the limit of 65536 bytes. Send a smaller body.");
        }
        if (error instanceof ServerWebInputException unreadable) {
            return unreadable(unreadable);
        }
        if (error instanceof ResponseStatusException status
                && status.getStatusCode().value() == 404) {
            return new ProblemException(
                    ProblemCodeDto.NOT_FOUND,
                    "This path does not exist. The contract of a service, at its /openapi.yaml, lists all operations.");
        }
        if (SqlStates.mayPass(error)) {
            return ProblemException.unavailable(
                    "The service cannot handle this request at the moment. Try again after the delay in Retry-After.",
                    error);
        }
        return new ProblemException(
                ProblemCodeDto.INTERNAL,
                "The service failed unexpectedly. If the problem persists, contact us and quote the instance value.",
                error);
    }

    private static List<Violation> violations(WebExchangeBindException invalid) {
        var violations = new ArrayList<Violation>();
        for (var error : invalid.getAllErrors()) {
            var pointer = error instanceof FieldError field
                    ? "/" + field.getField().replaceAll("\\[(\\d+)]", "/$1").replace('.', '/')
                    : "";
            violations.add(new Violation(pointer, message(error.getDefaultMessage())));
        }
        violations.sort((a, b) -> a.pointer().compareTo(b.pointer()));
        return violations.subList(0, Math.min(violations.size(), 200));
    }

    private static ProblemException invalidParameters(HandlerMethodValidationException invalid) {
        var violations = new ArrayList<Violation>();
        for (var result : invalid.getParameterValidationResults()) {
            var parameter = result.getMethodParameter();
            if (parameter.hasParameterAnnotation(PathVariable.class)) {
                return notFound(String.valueOf(result.getArgument()));
            }
            for (var error : result.getResolvableErrors()) {
                violations.add(new Violation(pointer(parameter), message(error.getDefaultMessage())));
            }
        }
        return ProblemException.invalid(violations);
    }

    private static ProblemException unreadable(ServerWebInputException error) {
        var parameter = error.getMethodParameter();
        if (parameter != null && parameter.hasParameterAnnotation(PathVariable.class)) {
            return notFound(
                    error.getCause() instanceof TypeMismatchException malformed
                            ? String.valueOf(malformed.getValue())
                            : "");
        }
        if (error.getCause() instanceof DecodingException decoding && decoding.getCause() != null) {
            return unreadableBody(decoding.getCause());
        }
        if (parameter != null
                && (parameter.hasParameterAnnotation(RequestParam.class)
                        || parameter.hasParameterAnnotation(RequestHeader.class))) {
            return ProblemException.invalid(
                    pointer(parameter), "must have exactly one value, in the format that the contract defines");
        }
        return new ProblemException(
                ProblemCodeDto.MALFORMED_REQUEST, "A body is required. Send it as " + MediaType.APPLICATION_JSON + ".");
    }

    private static ProblemException unreadableBody(Throwable cause) {
        if (cause instanceof DatabindException databind && !concernsWholeBody(databind)) {
            // Jackson's own messages contain class names, so clients do not see them.
            var rule = databind instanceof ContractMismatch
                    ? databind.getOriginalMessage()
                    : databind instanceof InvalidNullException
                            ? "must not be null"
                            : "must have the type that the contract defines";
            return ProblemException.invalid(pointer(databind), rule);
        }
        var where = "";
        if (cause instanceof JacksonException json
                && json.getLocation() != null
                && json.getLocation().getLineNr() > 0) {
            where = " (line " + json.getLocation().getLineNr() + ", column "
                    + json.getLocation().getColumnNr() + ")";
        }
        if (cause instanceof StreamReadException read
                && read.getOriginalMessage().startsWith("Duplicate")) {
            return new ProblemException(
                    ProblemCodeDto.MALFORMED_REQUEST, "The body contains a field twice" + where + ".");
        }
        if (cause instanceof StreamConstraintsException beyond) {
            return new ProblemException(
                    ProblemCodeDto.MALFORMED_REQUEST, "The body " + exceededLimit(beyond) + where + ".");
        }
        return new ProblemException(ProblemCodeDto.MALFORMED_REQUEST, "The body is not valid JSON" + where + ".");
    }

    /** Returns which limit of the JSON parser a body exceeds. The parser's own message names its classes. */
    private static String exceededLimit(StreamConstraintsException beyond) {
        var limits = StreamReadConstraints.defaults();
        var message = beyond.getOriginalMessage();
        if (message.startsWith("Document nesting depth")) {
            return "is nested deeper than " + limits.getMaxNestingDepth() + " levels";
        }
        if (message.startsWith("Number value length")) {
            return "contains a number of more than " + limits.getMaxNumberLength() + " characters";
        }
        if (message.startsWith("Name length")) {
            return "contains a field name of more than " + limits.getMaxNameLength() + " characters";
        }
        return "exceeds a limit of the JSON parser";
    }

    /** Returns whether the body is empty, contains only white space, or contains more than one value. */
    private static boolean concernsWholeBody(DatabindException databind) {
        return databind.getOriginalMessage().startsWith("No content")
                || databind.getOriginalMessage().startsWith("Trailing token");
    }

    private static ProblemException notFound(String id) {
        var shown = first(100, id);
        return ProblemException.notFound("item", shown.length() < id.length() ? shown + "…" : id);
    }

    /** Returns at most so many characters. A part of a character, of which Java may have two, could not be written as JSON. */
    private static String first(int characters, String text) {
        return text.codePointCount(0, text.length()) > characters
                ? text.substring(0, text.offsetByCodePoints(0, characters))
                : text;
    }

    private static String pointer(MethodParameter parameter) {
        var query = parameter.getParameterAnnotation(RequestParam.class);
        if (query != null) {
            return "query:" + query.value();
        }
        var header = parameter.getParameterAnnotation(RequestHeader.class);
        return header != null ? "header:" + header.value() : "";
    }

    private static String pointer(DatabindException databind) {
        var pointer = new StringBuilder();
        for (var step : databind.getPath()) {
            pointer.append('/');
            if (step.getPropertyName() != null) {
                pointer.append(step.getPropertyName().replace("~", "~0").replace("/", "~1"));
            } else {
                pointer.append(step.getIndex());
            }
        }
        return first(500, pointer.toString());
    }

    private static String message(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return "is not valid";
        }
        return first(1000, message);
    }

    private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
