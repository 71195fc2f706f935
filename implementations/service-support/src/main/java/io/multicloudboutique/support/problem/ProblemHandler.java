package io.multicloudboutique.support.problem;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.http.ClientLeft;
import io.multicloudboutique.support.http.RequestContext;
import io.multicloudboutique.support.http.RequestId;
import io.multicloudboutique.support.json.JsonResponse;
import io.multicloudboutique.support.telemetry.RequestMetrics;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Returns every error, wherever it occurs, as {@code application/problem+json}. The Accept header does not affect the
 * format, because a problem in an unexpected format is better than no explanation. Only internal errors are logged at
 * level error, with their stack trace and the request id.
 */
@Order(-2) // before Spring Boot's handler, whose error responses are in no contract
public final class ProblemHandler implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    private final ProblemCatalogue catalogue = new ProblemCatalogue();
    private final JsonMapper json;
    private final MeterRegistry meters;

    ProblemHandler(JsonMapper json, MeterRegistry meters) {
        this.json = json;
        this.meters = meters;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (exchange.getResponse().isCommitted()) {
            return Mono.error(error); // closes the connection, so that the client does not accept an incomplete body
        }
        if (ClientLeft.caused(error)) {
            return ClientLeft.end(exchange);
        }
        var problem = ProblemTranslation.problemFor(error);
        if (problem.code() == ProblemCodeDto.INTERNAL) {
            var request = RequestContext.of(exchange);
            request.addTo(log.atError()).setCause(error).log("Request {} failed, {}", request.requestId(), request);
        } else if (problem.code() == ProblemCodeDto.UNAVAILABLE && problem.getCause() != null) {
            // Without a cause, the service has only too much to do. It must not write even more lines then.
            var request = RequestContext.of(exchange);
            request.addTo(log.atWarn())
                    .log(
                            "Request {} could not be handled: {}, {}",
                            request.requestId(),
                            NestedExceptionUtils.getMostSpecificCause(error).toString(),
                            request);
        }
        Counter.builder("boutique.problems")
                .description("The responses with a problem")
                .tags("code", problem.code().getValue(), "operation", RequestMetrics.operation(exchange))
                .register(meters)
                .increment();
        return write(exchange, problem, error);
    }

    /** Returns the methods that the path supports, with those that Spring adds to each path. */
    private static Set<HttpMethod> allowed(MethodNotAllowedException notAllowed) {
        var methods = new TreeSet<>(notAllowed.getSupportedMethods());
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        methods.add(HttpMethod.OPTIONS);
        return methods;
    }

    private Mono<Void> write(ServerWebExchange exchange, ProblemException problem, Throwable error) {
        var kind = catalogue.kind(problem.code());
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:multicloudboutique:problem:" + problem.code().getValue());
        body.put("title", kind.title());
        body.put("status", kind.status());
        body.put("detail", problem.getMessage());
        body.put("instance", "urn:uuid:" + RequestId.of(exchange));
        body.put("code", problem.code().getValue());
        body.putAll(problem.members());
        body.put("error", problem.getMessage());

        var response = exchange.getResponse();
        response.setStatusCode(HttpStatusCode.valueOf(kind.status()));
        var headers = response.getHeaders();
        headers.remove(HttpHeaders.ETAG);
        if (problem.retryAfter() != null) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(ProblemException.wholeSeconds(problem.retryAfter())));
        }
        problem.challenges().forEach(challenge -> headers.add(HttpHeaders.WWW_AUTHENTICATE, challenge));
        if (error instanceof MethodNotAllowedException notAllowed) {
            headers.setAllow(allowed(notAllowed));
        }
        return JsonResponse.write(response, MediaType.APPLICATION_PROBLEM_JSON, json, body);
    }
}
