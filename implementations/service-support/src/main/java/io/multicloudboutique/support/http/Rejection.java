package io.multicloudboutique.support.http;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/**
 * The reason why a request gets a problem as its response, whichever operation it names: the request cannot be read, or
 * violates HTTP. Immutable.
 *
 * @param code the code of the problem
 * @param detail one line for people: the error in the request and its fix
 */
record Rejection(ProblemCodeDto code, String detail) {

    private static final String ATTRIBUTE = Rejection.class.getName();

    /** The headers of a rejected request. No client can send headers of this type. */
    static final class Headers extends DefaultHttpHeaders {

        private final Rejection rejection;

        Headers(Rejection rejection) {
            this.rejection = rejection;
        }
    }

    /** Returns the reason why the request is rejected, and null if it is not. */
    static @Nullable Rejection of(ServerHttpRequest request) {
        var headers = ServerHttpRequestDecorator.<HttpServerRequest>getNativeRequest(request)
                .requestHeaders();
        return headers instanceof Headers rejected
                ? rejected.rejection
                : (Rejection) request.getAttributes().get(ATTRIBUTE);
    }

    /** Rejects a request that the server has already passed to the application. */
    void addTo(ServerHttpRequest request) {
        request.getAttributes().put(ATTRIBUTE, this);
    }
}
