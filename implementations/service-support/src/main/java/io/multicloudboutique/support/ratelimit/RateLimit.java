package io.multicloudboutique.support.ratelimit;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.security.OpenPages;
import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Rejects a request with the problem {@code rate-limited} if its caller has sent too many. The caller is the
 * authenticated one; with open access, it is the client's IP address. Requests for health, the contract and its pages
 * are not limited. All other responses, including errors, tell the caller the state of the limit. Thread-safe.
 */
@Order(-90) // after authentication, which names the caller, and before all handlers
public final class RateLimit implements WebFilter {

    /** The header with the remaining requests of the caller. */
    public static final String HEADER = "RateLimit";

    /** The header with the limit of each caller. */
    public static final String POLICY_HEADER = "RateLimit-Policy";

    private final OpenPages unlimited;
    private final int requestsPerSecond;
    private final Buckets buckets;
    private final Counter rejected;

    RateLimit(int requestsPerSecond, OpenPages unlimited, MeterRegistry meters) {
        this.unlimited = unlimited;
        this.requestsPerSecond = requestsPerSecond;
        this.buckets = new Buckets(requestsPerSecond, TimeMeter.SYSTEM_NANOTIME);
        this.rejected = Counter.builder("boutique.requests.rejected")
                .description("The requests that were rejected before any work")
                .tag("reason", "rate_limit")
                .register(meters);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return unlimited
                .matches(exchange)
                .flatMap(request -> request.isMatch()
                        ? chain.filter(exchange)
                        : caller(exchange)
                                .flatMap(caller -> take(caller, exchange))
                                .then(chain.filter(exchange)));
    }

    private Mono<Void> take(String caller, ServerWebExchange exchange) {
        var taken = buckets.of(caller).tryConsumeAndReturnRemaining(1);
        var headers = exchange.getResponse().getHeaders();
        headers.set(POLICY_HEADER, "\"caller\";q=" + requestsPerSecond + ";w=1");
        var full = Duration.ofNanos(taken.getNanosToWaitForReset());
        headers.set(HEADER, "\"caller\";r=" + taken.getRemainingTokens() + ";t=" + ProblemException.wholeSeconds(full));
        if (taken.isConsumed()) {
            return Mono.empty();
        }
        rejected.increment();
        return Mono.error(new ProblemException(
                        ProblemCodeDto.RATE_LIMITED,
                        "You sent more than " + requestsPerSecond
                                + " requests per second. Try again after the delay in Retry-After.")
                .retryAfter(Duration.ofNanos(taken.getNanosToWaitForRefill())));
    }

    private static Mono<String> caller(ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .map(Principal::getName)
                .switchIfEmpty(
                        Mono.fromSupplier(() -> network(exchange.getRequest().getRemoteAddress())));
    }

    /**
     * Returns the IPv4 address, or the first 64 bits of the IPv6 address, because a client can usually choose the other
     * 64 bits freely. Clients whose address a proxy hides share one name.
     */
    static String network(@Nullable InetSocketAddress client) {
        var bytes = client == null ? null : NetUtil.createByteArrayFromIpAddressString(client.getHostString());
        if (bytes == null) {
            return "";
        }
        try {
            var address = InetAddress.getByAddress(bytes); // an IPv4 address, even if it is mapped to IPv6
            return address instanceof Inet6Address ? HexFormat.of().formatHex(bytes, 0, 8) : address.getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An IP address has 4 or 16 bytes", e);
        }
    }
}
