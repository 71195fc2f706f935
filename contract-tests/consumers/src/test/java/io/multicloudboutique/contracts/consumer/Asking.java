package io.multicloudboutique.contracts.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.support.upstream.UpstreamListClient;
import java.util.List;
import reactor.core.publisher.Mono;

/** Asks a neighbour. */
final class Asking {

    private Asking() {}

    /** Its items. Asks again if that took more than its second, as the first question of a JVM may. */
    static <T> List<T> patiently(Mono<UpstreamListClient.Answer<T>> question) {
        var answer = await().pollInSameThread().until(question::block, Asking::isInTime);
        assertThat(answer.failure()).isNull();
        return answer.items();
    }

    private static boolean isInTime(UpstreamListClient.Answer<?> answer) {
        return answer.failure() == null || !answer.failure().endsWith("did not respond within one second.");
    }
}
