package io.multicloudboutique.contracts.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.support.upstream.UpstreamListClient;
import java.util.List;
import reactor.core.publisher.Mono;

/** Calls an upstream service through a consumer's client. */
final class Asking {

    private Asking() {}

    /**
     * Returns the items of the response. Repeats the call if it exceeds the client's timeout of one second, which the
     * first call of a JVM may do.
     */
    static <T> List<T> patiently(Mono<UpstreamListClient.Answer<T>> call) {
        var result = await().pollInSameThread().until(call::block, Asking::isNotTimeout);
        assertThat(result.failure()).isNull();
        return result.items();
    }

    private static boolean isNotTimeout(UpstreamListClient.Answer<?> result) {
        return result.failure() == null || !result.failure().endsWith("did not respond within one second.");
    }
}
