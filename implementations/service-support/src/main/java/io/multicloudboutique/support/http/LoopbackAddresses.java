package io.multicloudboutique.support.http;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ReflectiveChannelFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/**
 * Lets a server that listens on 127.0.0.1 listen on ::1 too, because {@code localhost} means either of them: some clients
 * try only the first address, which is ::1 on most systems. Thread-safe.
 */
public final class LoopbackAddresses implements NettyServerCustomizer {

    private static final Logger log = LoggerFactory.getLogger(LoopbackAddresses.class);

    @Override
    public HttpServer apply(HttpServer server) {
        return server.doOnBound(LoopbackAddresses::addIpv6);
    }

    private static void addIpv6(DisposableServer server) {
        if (server.address() instanceof InetSocketAddress bound && isIpv4Loopback(bound.getAddress())) {
            var ipv4 = server.channel();
            new Bootstrap()
                    .group(ipv4.eventLoop())
                    .channelFactory(new ReflectiveChannelFactory<>(ipv4.getClass()))
                    .handler(new Forward(ipv4))
                    .bind(new InetSocketAddress(ipv6Loopback(), bound.getPort()))
                    .addListener(result -> {
                        if (!result.isSuccess()) {
                            // A system may have no IPv6, and another program may use the port there.
                            log.info(
                                    "Port {} is not open on [::1], only on 127.0.0.1: {}",
                                    bound.getPort(),
                                    result.cause().getMessage());
                        }
                    });
        }
    }

    private static boolean isIpv4Loopback(InetAddress address) {
        return address.getHostAddress().equals("127.0.0.1");
    }

    private static InetAddress ipv6Loopback() {
        try {
            return InetAddress.getByName("::1");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Passes the accepted connections to another listening channel, and is closed with it. */
    private static final class Forward extends ChannelInboundHandlerAdapter {

        private final Channel target;

        Forward(Channel target) {
            this.target = target;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            target.closeFuture().addListener(closed -> context.close());
            context.fireChannelActive();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object connection) {
            target.pipeline().fireChannelRead(connection);
        }
    }
}
