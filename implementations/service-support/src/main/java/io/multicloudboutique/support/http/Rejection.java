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

    /** The headers of a rejected request. No client can send headers of this type. */
    static final class Headers extends DefaultHttpHeaders {

        private final Rejection rejection;

        Headers(Rejection rejection) {
            this.rejection = rejection;
        }
    }

    /** A rejected request that the server has already passed to the application. */
    static final class Request extends ServerHttpRequestDecorator {

        private final Rejection rejection;

        Request(ServerHttpRequest request, Rejection rejection) {
            super(request);
            this.rejection = rejection;
        }
    }

    /** Returns the reason why the request is rejected, and null if it is not. */
    static @Nullable Rejection of(ServerHttpRequest request) {
        if (request instanceof Request rejected) {
            return rejected.rejection;
        }
        var headers = ServerHttpRequestDecorator.<HttpServerRequest>getNativeRequest(request)
                .requestHeaders();
        return headers instanceof Headers rejected ? rejected.rejection : null;
    }
}
