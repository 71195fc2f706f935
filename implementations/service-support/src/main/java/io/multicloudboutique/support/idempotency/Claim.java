package io.multicloudboutique.support.idempotency;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.server.ServerWebExchange;

/**
 * A key, its scope (caller, method and path), and the fingerprint of the request that was sent with it.
 */
record Claim(String caller, String method, String path, String key, String fingerprint) {

    static Claim of(String caller, ServerWebExchange exchange, String header, String fingerprint) {
        var request = exchange.getRequest();
        return new Claim(
                caller,
                request.getMethod().name(),
                resource(request.getPath()),
                header.startsWith("\"") ? header.substring(1, header.length() - 1) : header,
                fingerprint);
    }

    /** Returns the decoded path, so that all encodings of a path share their keys. */
    private static String resource(RequestPath path) {
        return path.pathWithinApplication().elements().stream()
                .map(element ->
                        element instanceof PathContainer.PathSegment segment ? segment.valueToMatch() : element.value())
                .collect(Collectors.joining());
    }

    /** Returns the key within its scope. Requests with equal scoped keys take effect once. */
    List<String> scopedKey() {
        return List.of(caller, method, path, key);
    }

    DatabaseClient.GenericExecuteSpec bind(DatabaseClient.GenericExecuteSpec sql) {
        return sql.bind("caller", caller)
                .bind("method", method)
                .bind("path", path)
                .bind("key", key);
    }
}
