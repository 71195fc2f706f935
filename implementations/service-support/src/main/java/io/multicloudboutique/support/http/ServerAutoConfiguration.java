package io.multicloudboutique.support.http;

import io.multicloudboutique.support.telemetry.RequestMetrics;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Configures what a server does with each request before its path matters: its limits, ids, the access log, and the
 * rejection of requests that cannot be read. It is separate from {@link HttpAutoConfiguration} for servers without a
 * contract.
 */
@AutoConfiguration
public class ServerAutoConfiguration {

    @Bean
    RequestId requestId(RequestMetrics metrics) {
        return new RequestId(metrics);
    }

    @Bean
    ServerLimits serverLimits() {
        return new ServerLimits();
    }

    @Bean
    LoopbackAddresses loopbackAddresses() {
        return new LoopbackAddresses();
    }

    @Bean
    RejectedRequests rejectedRequests() {
        return new RejectedRequests();
    }
}
