package io.multicloudboutique.support.http;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Applies the headers with which a proxy describes the original request. Rejects a request if they are invalid. Without
 * this, Spring would respond with an empty 400, without a request id and a line in the access log. Thread-safe.
 */
final class ForwardedHeaders extends ForwardedHeaderTransformer {

    private static final Rejection INVALID = new Rejection(
            ProblemCodeDto.MALFORMED_REQUEST,
            "The header Forwarded or one of the headers X-Forwarded-… is not valid. Check the configuration of the proxy.");

    private final ForwardedHeaderTransformer withoutHeaders = new ForwardedHeaderTransformer();

    ForwardedHeaders() {
        withoutHeaders.setRemoveOnly(true);
    }

    @Override
    public ServerHttpRequest apply(ServerHttpRequest request) {
        try {
            return super.apply(request);
        } catch (RuntimeException e) {
            return new Rejection.Request(withoutHeaders.apply(request), INVALID);
        }
    }
}
