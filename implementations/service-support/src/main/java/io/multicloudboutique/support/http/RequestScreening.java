package io.multicloudboutique.support.http;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Makes every request readable for the application. Reactor Netty and Spring would respond to some requests with an
 * empty body, without a request id, a line in the access log and a metric. Such a request is repaired if its meaning is
 * clear, and otherwise replaced with one that has a {@link Rejection}.
 *
 * <p>Each connection has an instance of its own, which its event loop calls.
 */
final class RequestScreening extends ChannelInboundHandlerAdapter {

    /** The longest request line in bytes. RFC 9110 recommends that servers accept URIs of 8,000 bytes. */
    static final int MAX_REQUEST_LINE = 8192;

    /** The most bytes that all headers of a request may have together. */
    static final int MAX_HEADERS = 8192;

    /** Stands for the method and for the path of a request whose request line cannot be read. */
    private static final String UNREADABLE = "-";

    /** The host of RFC 3986 with an optional port. */
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+]|([A-Za-z0-9._~!$&'()*+,;=-]++|%[0-9A-Fa-f]{2})+)(:[0-9]{1,5})?");

    /** The headers that a rejected request keeps. */
    private static final List<String> KEPT = List.of(RequestId.HEADER, "traceparent");

    private @Nullable HttpHeaders current;

    /** The latest host, which the next request of the connection almost always has, too. A rejected one ends the connection. */
    private @Nullable String host;

    private boolean rejected;

    void addTo(ChannelPipeline pipeline) {
        pipeline.addAfter(NettyPipeline.HttpCodec, "requestScreening", this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object part) {
        if (rejected) {
            ReferenceCountUtil.release(part);
            return;
        }
        if (part instanceof HttpRequest request) {
            if (request.decoderResult().cause() instanceof PrematureChannelClosureException) {
                context.fireChannelRead(part); // ClientDeadlines drops it
                return;
            }
            var unreadable = request.decoderResult().isFailure();
            if (!unreadable) {
                repair(request);
            }
            var rejection = unreadable ? decodingFailure(request) : violation(request);
            if (rejection != null) {
                reject(context, request, rejection);
                return;
            }
            current = request.headers();
        } else if (part instanceof HttpContent content
                && content.decoderResult().isFailure()) {
            ReferenceCountUtil.release(part);
            endUnreadableBody(context);
            return;
        }
        context.fireChannelRead(part);
    }

    private static void repair(HttpRequest request) {
        request.setUri(RequestTarget.encoded(request.uri()));
        var version = request.protocolVersion();
        if (version.majorVersion() == 1 && version.minorVersion() > 1) {
            // RFC 9110 requires to handle later minor versions like the latest known one.
            request.setProtocolVersion(HttpVersion.HTTP_1_1);
        }
    }

    private static Rejection decodingFailure(HttpRequest request) {
        var cause = request.decoderResult().cause();
        if (cause instanceof TooLongHttpLineException) {
            return new Rejection(
                    ProblemCodeDto.URI_TOO_LONG,
                    "The request line exceeds the limit of " + MAX_REQUEST_LINE
                            + " bytes. Send a shorter path and query.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Rejection(
                    ProblemCodeDto.HEADERS_TOO_LARGE,
                    "The headers exceed the limit of " + MAX_HEADERS
                            + " bytes in total. Send fewer or shorter headers, for example fewer cookies.");
        }
        return malformed(
                isRequestLineUnreadable(request)
                        ? "The request line is not valid HTTP/1.1. It has a method, a target without spaces, and the version."
                        : "The headers are not valid HTTP/1.1. Check their names, Content-Length and Transfer-Encoding.");
    }

    private @Nullable Rejection violation(HttpRequest request) {
        var version = request.protocolVersion();
        if (version.majorVersion() != 1) {
            return malformed("The service does not support " + version + ". Use HTTP/1.1.");
        }
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 && !(hosts.isEmpty() && version.equals(HttpVersion.HTTP_1_0))) {
            return malformed("The request has " + (hosts.isEmpty() ? "no Host header" : hosts.size() + " Host headers")
                    + ". Send exactly one, such as Host: localhost:8080.");
        }
        if (!hosts.isEmpty() && !hosts.get(0).equals(host)) {
            host = hosts.get(0);
            if (!HOST.matcher(host).matches()) {
                return malformed("The Host header is not a host with an optional port, such as localhost:8080.");
            }
        }
        if (!RequestTarget.isUtf8(request.uri())) {
            return malformed(
                    "The path or the query is not UTF-8. Encode its text as UTF-8, then percent-encode the bytes.");
        }
        var transfers = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        if (!transfers.isEmpty()
                && (transfers.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(transfers.get(0)))) {
            return malformed("The only supported Transfer-Encoding is chunked.");
        }
        return null;
    }

    private static Rejection malformed(String detail) {
        return new Rejection(ProblemCodeDto.MALFORMED_REQUEST, detail);
    }

    /** The decoder creates a request with a body only if it cannot read the request line. */
    private static boolean isRequestLineUnreadable(HttpRequest request) {
        return request instanceof FullHttpRequest;
    }

    /** Passes a request with the rejection instead. It is the last one of its connection. */
    private void reject(ChannelHandlerContext context, HttpRequest request, Rejection rejection) {
        rejected = true;
        var unreadable = isRequestLineUnreadable(request);
        var headers = new Rejection.Headers(rejection);
        KEPT.forEach(name -> headers.add(name, request.headers().getAll(name)));
        var replacement = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                unreadable ? HttpMethod.valueOf(UNREADABLE) : request.method(),
                unreadable ? UNREADABLE : RequestTarget.encoded(request.uri()),
                headers);
        ReferenceCountUtil.release(request);
        LingeringClose.of(context.channel());
        context.fireChannelRead(replacement);
        context.fireChannelRead(LastHttpContent.EMPTY_LAST_CONTENT);
    }

    /** Ends the request that waits for the rest of a body, or else the connection. */
    private void endUnreadableBody(ChannelHandlerContext context) {
        var operations = ChannelOperations.get(context.channel());
        if (operations instanceof HttpServerRequest request
                && request.requestHeaders() == current
                && !operations.isInboundCancelled()) {
            context.fireExceptionCaught(new ProblemException(
                    ProblemCodeDto.MALFORMED_REQUEST, "The body is not a valid sequence of chunks."));
        } else {
            context.close();
        }
    }
}
