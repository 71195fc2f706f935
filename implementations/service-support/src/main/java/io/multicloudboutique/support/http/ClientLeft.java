package io.multicloudboutique.support.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.channel.AbortedException;

/** The end of a request whose connection was closed before the response began. Nobody receives its response. */
public final class ClientLeft {

    private static final Logger log = LoggerFactory.getLogger(ClientLeft.class);

    /** The client closed the connection. The status has this meaning in the access logs of nginx and others. */
    private static final int CLIENT_CLOSED_REQUEST = 499;

    /** The service closed the connection, because the body took too long. */
    private static final int REQUEST_TIMEOUT = 408;

    private ClientLeft() {}

    /** Returns whether the error says that the connection was closed before the body of the request had arrived. */
    public static boolean caused(Throwable error) {
        return error instanceof AbortedException;
    }

    /** Returns whether this status in the access log means that nobody received a response. */
    public static boolean isStatus(int status) {
        return status == CLIENT_CLOSED_REQUEST || status == REQUEST_TIMEOUT;
    }

    /** Ends the exchange without a response. */
    public static Mono<Void> end(ServerWebExchange exchange) {
        log.debug("The client of request {} left before its body had arrived", RequestId.of(exchange));
        exchange.getResponse().setStatusCode(HttpStatusCode.valueOf(status(exchange)));
        return exchange.getResponse().setComplete();
    }

    /** Returns the status for the access log. */
    static int status(ServerWebExchange exchange) {
        var connection = ServerHttpRequestDecorator.<Connection>getNativeRequest(exchange.getRequest())
                .channel();
        return ClientDeadlines.bodyWasLate(connection) ? REQUEST_TIMEOUT : CLIENT_CLOSED_REQUEST;
    }
}
