package io.multicloudboutique.support.http;

import io.multicloudboutique.support.telemetry.RequestMetrics;
import io.multicloudboutique.support.telemetry.Traces;
import java.util.Objects;
import org.slf4j.spi.LoggingEventBuilder;
import org.springframework.web.server.ServerWebExchange;

/**
 * The values in every log line of a request: as members of a JSON line, and as text in a line of text. A value that the request
 * does not have is {@code -}. Immutable.
 *
 * @param requestId the id of the request
 * @param traceId the id of the trace to which the request belongs
 * @param operation the operationId; {@code unknown} until the request has reached its operation
 * @param caller the name of the API key as {@code key:<name>}, or the client of the token as {@code client:<id>}. Never
 *     the subject of a token, which may be a person
 */
public record RequestContext(String requestId, String traceId, String operation, String caller) {

    private static final String NONE = "-";
    private static final String CALLER = RequestContext.class.getName() + ".caller";

    /** Returns the context of a request as it is known now. */
    public static RequestContext of(ServerWebExchange exchange) {
        return new RequestContext(
                RequestId.of(exchange),
                Objects.requireNonNullElse(Traces.idOf(exchange), NONE),
                RequestMetrics.operation(exchange),
                exchange.getAttributeOrDefault(CALLER, NONE));
    }

    /** Names the caller of a request, once it is authenticated. */
    public static void setCaller(ServerWebExchange exchange, String caller) {
        exchange.getAttributes().put(CALLER, caller);
    }

    /** Adds the context to a line, under the names of the Elastic Common Schema where it has one. */
    public LoggingEventBuilder addTo(LoggingEventBuilder line) {
        return line.addKeyValue("http.request.id", requestId)
                .addKeyValue("trace.id", traceId)
                .addKeyValue("operation", operation)
                .addKeyValue("caller", caller);
    }

    /** Returns the context as text, without the request id, which lines of text have at their beginning. */
    @Override
    public String toString() {
        return "operation " + operation + ", caller " + caller + ", trace " + traceId;
    }
}
