package io.multicloudboutique.support.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Closes a connection whose client is too slow or has left. A request that arrives in one piece needs no timer: a timer
 * is started only if a read ends within the headers or within the body. Headers whose first bytes arrive together with
 * the end of the previous request have no deadline until their next bytes arrive.
 *
 * <p>Each connection has an instance of its own, which its event loop calls.
 */
final class ClientDeadlines extends IdleStateHandler {

    private static final Logger log = LoggerFactory.getLogger(ClientDeadlines.class);

    private static final AttributeKey<Boolean> BODY_LATE = AttributeKey.valueOf(ClientDeadlines.class, "bodyLate");

    private enum Missing {
        NOTHING,
        HEADERS,
        BODY
    }

    private final Duration headers;
    private final Duration body;
    private Missing missing = Missing.NOTHING;
    private @Nullable Future<?> deadline;

    /**
     * @param headers how long the headers of a request may take after their first byte
     * @param body how long the body of a request may take after its headers
     * @param idle how long a client may send nothing at all
     */
    ClientDeadlines(Duration headers, Duration body, Duration idle) {
        super(idle.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
        this.headers = headers;
        this.body = body;
    }

    void addTo(ChannelPipeline pipeline) {
        pipeline.addFirst("clientDeadlines", this);
        pipeline.addAfter(NettyPipeline.HttpCodec, "clientProgress", new Progress());
    }

    /** Returns whether the connection was closed because the body of its request took too long. */
    static boolean bodyWasLate(Channel connection) {
        return connection.hasAttr(BODY_LATE);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        if (missing == Missing.NOTHING) {
            missing = Missing.HEADERS;
        }
        super.channelRead(context, bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        super.channelReadComplete(context);
        if (missing != Missing.NOTHING && deadline == null) {
            var time = missing == Missing.HEADERS ? headers : body;
            deadline = context.executor().schedule(() -> expire(context), time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        arrived(Missing.NOTHING);
        super.channelInactive(context);
    }

    /**
     * Lets a broken connection end like one that the client has closed. Otherwise, Reactor Netty would log an error with a
     * stack trace if the application is not reading the body of the request at that time.
     */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable error) throws Exception {
        if (error instanceof IOException) {
            log.debug("The connection of {} broke: {}", context.channel().remoteAddress(), error.toString());
            context.close();
        } else {
            super.exceptionCaught(context, error);
        }
    }

    @Override
    protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
        log.debug("Closing the idle connection of {}", context.channel().remoteAddress());
        context.close();
    }

    private void expire(ChannelHandlerContext context) {
        log.debug(
                "Closing the connection of {}: its request did not arrive in time",
                context.channel().remoteAddress());
        if (missing == Missing.BODY) {
            context.channel().attr(BODY_LATE).set(true);
        }
        context.close();
    }

    private void arrived(Missing next) {
        missing = next;
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Follows the requests that the codec has decoded, and drops headers whose rest will never arrive. */
    private final class Progress extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (part instanceof HttpRequest request
                    && request.decoderResult().cause() instanceof PrematureChannelClosureException) {
                // Reactor Netty would log a warning with the headers and answer with 400.
                log.debug(
                        "The connection of {} was closed within the headers of a request",
                        context.channel().remoteAddress());
                ReferenceCountUtil.release(part);
                return;
            }
            if (part instanceof LastHttpContent) {
                arrived(Missing.NOTHING);
            } else if (part instanceof HttpRequest) {
                arrived(Missing.BODY);
            }
            context.fireChannelRead(part);
        }
    }
}
