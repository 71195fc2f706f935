package io.multicloudboutique.support.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Assigns an id to each request, and logs the request with its id, status and duration. The id is the client's
 * {@value #HEADER} if its value is a UUID, and a new UUID otherwise. The response has the id in {@value #HEADER}, and
 * {@link HeaderPropagation} sends it to upstream services. Thread-safe.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public class RequestId implements WebFilter {

    static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestId.class.getName();
    static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    RequestId() {}

    /** Returns the id of the request of this exchange. The id is a UUID. */
    public static String of(ServerWebExchange exchange) {
        var known = (String) exchange.getAttribute(ATTRIBUTE);
        if (known != null) {
            return known;
        }
        var sent = exchange.getRequest().getHeaders().getFirst(HEADER);
        var id = sent != null && UUID_FORM.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
        exchange.getAttributes().put(ATTRIBUTE, id);
        return id;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var id = of(exchange);
        var start = System.nanoTime();
        var response = exchange.getResponse();
        response.getHeaders().set(HEADER, id);
        response.beforeCommit(() -> {
            AccessLog.write(
                    RequestContext.of(exchange),
                    exchange.getRequest().getMethod().name(),
                    exchange.getRequest().getPath().value(),
                    response.getStatusCode() == null
                            ? 200
                            : response.getStatusCode().value(),
                    (System.nanoTime() - start) / 1_000_000);
            return Mono.empty();
        });
        return chain.filter(exchange);
    }
}
