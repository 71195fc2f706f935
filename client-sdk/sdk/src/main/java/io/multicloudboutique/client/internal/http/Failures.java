package io.multicloudboutique.client.internal.http;

import feign.Request;
import feign.Response;
import io.multicloudboutique.client.errors.Answer;
import io.multicloudboutique.client.errors.AuthenticationException;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.ConnectionException;
import io.multicloudboutique.client.errors.FailedCall;
import io.multicloudboutique.client.errors.IdempotencyKeyReusedException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.PermissionException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import io.multicloudboutique.client.errors.Problem;
import io.multicloudboutique.client.errors.ProblemCode;
import io.multicloudboutique.client.errors.ProblemException;
import io.multicloudboutique.client.errors.RateLimitedException;
import io.multicloudboutique.client.errors.ServerException;
import io.multicloudboutique.client.errors.TimeoutException;
import io.multicloudboutique.client.errors.ValidationException;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/** Creates the exceptions and their messages. */
final class Failures {

    /**
     * The maximum length of a problem detail in an exception message, in characters. Services send at most 2,000
     * characters; a longer detail comes from elsewhere.
     */
    private static final int LONGEST_DETAIL = 2000;

    private Failures() {}

    static FailedCall call(Request request, int attempts, boolean mayHaveTakenEffect) {
        var url = request.url();
        var query = url.indexOf('?');
        return new FailedCall(
                request.requestTemplate().methodMetadata().method().getName(),
                request.httpMethod().name(),
                query < 0 ? url : url.substring(0, query),
                header(request.headers(), "X-Request-Id").orElse(""),
                header(request.headers(), "Idempotency-Key"),
                attempts,
                mayHaveTakenEffect);
    }

    static Optional<String> header(Map<String, Collection<String>> headers, String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    static BoutiqueException withoutAnswer(
            Request request, int attempts, boolean mayHaveTakenEffect, IOException cause) {
        var call = call(request, attempts, mayHaveTakenEffect);
        if (cause instanceof HttpConnectTimeoutException) {
            return new TimeoutException("the connection was not established in time" + advice(call), call, cause);
        }
        if (cause instanceof HttpTimeoutException) {
            return new TimeoutException("the response did not arrive in time" + advice(call), call, cause);
        }
        var what = cause instanceof SSLException ? "TLS failed" : "the connection failed";
        var reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new ConnectionException(what + " (" + reason + ")" + advice(call), call, cause);
    }

    static TimeoutException crowdedOut(
            Request request, int attempts, boolean mayHaveTakenEffect, int maxConcurrentRequests) {
        var call = call(request, attempts, mayHaveTakenEffect);
        var reason = maxConcurrentRequests
                + " requests to the same host (maxConcurrentRequests) were running, and none of them ended in time";
        return new TimeoutException(reason + advice(call), call, new java.util.concurrent.TimeoutException(reason));
    }

    static String advice(FailedCall call) {
        if (!call.mayHaveTakenEffect()) {
            return "";
        }
        return call.idempotencyKey()
                .map(key -> "; the request may have taken effect: repeat it with the idempotency key " + key)
                .orElse("; the request may have taken effect");
    }

    /** Whether a request may have taken effect even though its response has this status. */
    static boolean leavesOpen(int status) {
        return status >= 500 || status == 408 || status < 400;
    }

    static ProblemException answered(
            Request request,
            int status,
            Map<String, Collection<String>> headers,
            Answered answered,
            Optional<Problem> problem) {
        var inProgress = problem.map(Problem::code)
                .filter(ProblemCode.REQUEST_IN_PROGRESS::equals)
                .isPresent();
        var mayHaveTakenEffect = request.httpMethod() != Request.HttpMethod.GET
                && (answered.earlierMayHaveTakenEffect() || leavesOpen(status) || inProgress);
        var call = call(request, answered.attempts(), mayHaveTakenEffect);
        var body = BodyText.of(answered.content(), headers);
        var message = problem.map(known ->
                                status + " " + known.code() + ": " + BodyText.printable(known.detail(), LONGEST_DETAIL))
                        .orElseGet(() -> status + " without problem details: "
                                + BodyText.firstLine(body)
                                        .map(Failures::quoted)
                                        .orElse("the response may come from a proxy"))
                + advice(call);
        return of(message, call, new Answer(status, caseless(headers), body, problem));
    }

    private static ProblemException of(String message, FailedCall call, Answer answer) {
        var status = answer.status();
        if (answer.problem()
                .map(Problem::code)
                .filter(ProblemCode.INSUFFICIENT_STOCK::equals)
                .isPresent()) {
            return new InsufficientStockException(message, call, answer);
        }
        return switch (status) {
            case 400 -> new ValidationException(message, call, answer);
            case 401 -> new AuthenticationException(message, call, answer);
            case 403 -> new PermissionException(message, call, answer);
            case 404 -> new NotFoundException(message, call, answer);
            case 409 -> new ConflictException(message, call, answer);
            case 412 -> new PreconditionFailedException(message, call, answer);
            case 422 -> new IdempotencyKeyReusedException(message, call, answer);
            case 429 -> new RateLimitedException(message, call, answer);
            default ->
                status >= 400 && status < 500
                        ? new ProblemException(message, call, answer)
                        : new ServerException(message, call, answer);
        };
    }

    /** Creates the exception for a success response that does not match the contract. */
    static ServerException unreadable(Response response, String why) {
        var answered = Answered.of(response);
        return unreadable(
                response.request(),
                response.status(),
                response.headers(),
                answered.attempts(),
                BodyText.of(answered.content(), response.headers()),
                why);
    }

    private static ServerException unreadable(
            Request request,
            int status,
            Map<String, Collection<String>> headers,
            int attempts,
            String body,
            String why) {
        var call = call(request, attempts, request.httpMethod() != Request.HttpMethod.GET);
        return new ServerException(
                status + ", but " + BodyText.printable(why, LONGEST_DETAIL) + advice(call),
                call,
                new Answer(status, caseless(headers), body, Optional.empty()));
    }

    /** Creates the exception for a success response that does not come from a service, such as a login page. */
    static ServerException unexpectedType(Response response, ContentType type) {
        // Other bodies than web pages may contain data, which must not be in a message.
        var line = type.isHtml()
                ? BodyText.firstLine(BodyText.of(Answered.of(response).content(), response.headers()))
                : Optional.<String>empty();
        return unreadable(
                response,
                "the body is " + type.value() + ", not JSON in UTF-8"
                        + line.map(text -> ": " + quoted(text)).orElse(""));
    }

    private static String quoted(String line) {
        return '"' + line + '"';
    }

    static Map<String, List<String>> caseless(Map<String, Collection<String>> headers) {
        var caseless = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> caseless.put(name, List.copyOf(values)));
        return Collections.unmodifiableMap(caseless);
    }
}
