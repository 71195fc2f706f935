package io.multicloudboutique.support.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/**
 * Lets a client read the last response of a connection before the connection is closed. The client may still be sending,
 * and a close with unread bytes resets the connection, which can destroy the response on its way. Ignores all bytes that
 * arrive.
 *
 * <p>Each connection has an instance of its own, which its event loop calls.
 */
final class LingeringClose extends ChannelDuplexHandler {

    /** The longest time until the connection is closed, even if the client still sends. */
    private static final int MAX_SECONDS = 2;

    private boolean closing;

    private LingeringClose() {}

    static void of(Channel connection) {
        connection.pipeline().addFirst("lingeringClose", new LingeringClose());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        ReferenceCountUtil.release(bytes);
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        var connection = context.channel();
        connection.closeFuture().addListener(closed -> promise.trySuccess());
        if (closing) {
            return;
        }
        closing = true;
        connection.config().setAutoRead(true);
        ((DuplexChannel) connection).shutdownOutput();
        var deadline = context.executor().schedule(() -> context.close(), MAX_SECONDS, TimeUnit.SECONDS);
        connection.closeFuture().addListener(closed -> deadline.cancel(false));
    }
}
