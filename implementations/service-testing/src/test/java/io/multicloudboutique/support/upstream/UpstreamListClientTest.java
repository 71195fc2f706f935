package io.multicloudboutique.support.upstream;

import static io.multicloudboutique.testing.ScriptedUpstream.respond;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.multicloudboutique.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Calls of an upstream service that responds, is slow, sends invalid responses, or cannot be reached. */
class UpstreamListClientTest {

    record Body(List<Integer> numbers) {}

    @RegisterExtension
    final ScriptedUpstream upstream = new ScriptedUpstream();

    private UpstreamListClient<Body, Integer> client;

    @Test
    void itemsAreReturnedAndUnknownFieldsAreIgnored() {
        upstream.answer(200, "{\"surprise\": {\"a\": [null]}, \"numbers\": [1, 2], \"next\": null}");

        var result = callUpstream();

        assertThat(result.failure()).isNull();
        assertThat(result.items()).containsExactly(1, 2);
        assertThat(upstream.calls()).containsExactly("GET /numbers?limit=9");
        assertThat(upstream.lastHeaders()).doesNotContainKey("X-api-key");
    }

    @Test
    void anEmptyListIsASuccess() {
        upstream.answer(200, "{\"numbers\":[]}");

        assertThat(callUpstream().failure()).isNull();
        assertThat(callUpstream().items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/numbers-service/", "/shop/numbers-service"})
    void theBaseUrlMayHaveAPath(String prefix) {
        upstream.answer(200, "{\"numbers\":[]}");
        client = client(URI.create(upstream.url() + prefix), "key");

        callUpstream();

        assertThat(upstream.calls()).containsExactly("GET /shop/numbers-service/numbers?limit=9");
        assertThat(upstream.lastHeaders().getFirst("X-API-Key")).isEqualTo("key");
    }

    @Test
    void aSlowUpstreamTimesOutAfterOneSecond() {
        upstream.keepSilent();
        var begin = System.nanoTime();

        assertThat(callUpstream().failure()).isEqualTo("The other did not respond within one second.");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "[]",
                "{}",
                "null",
                "{\"numbers\":null}",
                "{\"numbers\":[null]}",
                "{\"numbers\":[\"one\"]}",
                "{\"numbers\":{}}"
            })
    void anInvalidResponseIsAFailure(String body) {
        upstream.answer(200, body);

        var result = callUpstream();

        assertThat(result.failure()).isEqualTo("The other returned a response that cannot be read.");
        assertThat(result.items()).isEmpty();
    }

    @Test
    void anErrorStatusIsNotRetried() {
        upstream.answer(503, "{}");

        assertThat(callUpstream().failure()).isEqualTo("The other responded with status 503.");
        assertThat(upstream.calls()).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsRetriedOnce() {
        upstream.answer(exchange -> {
            if (upstream.calls().size() > 1) {
                respond(exchange, 200, "{\"numbers\":[]}");
            } // the first call gets no response
        });

        assertThat(callUpstream().failure()).isNull();
        assertThat(upstream.calls()).hasSize(2);
    }

    @Test
    void aStoppedUpstreamCannotBeReached() {
        upstream.stop();
        assertThat(callUpstream().failure()).isEqualTo("The other could not be reached.");
    }

    @Test
    void afterRepeatedFailuresTheUpstreamIsNotCalled() {
        upstream.answer(500, "{}");
        for (int i = 0; i < 10; i++) {
            callUpstream();
        }

        assertThat(callUpstream().failure())
                .isEqualTo("The other failed repeatedly and will not be called for a few seconds.");
        assertThat(upstream.calls()).hasSize(10);
    }

    @Test
    void requestsThatWaitShareACall() {
        upstream.answer(200, "{\"numbers\":[1]}");
        client = client(upstream.url(), null);

        var results =
                Flux.range(0, 50).flatMap(i -> client.list(), 50).collectList().block(Duration.ofSeconds(10));

        assertThat(results)
                .hasSize(50)
                .allSatisfy(result -> assertThat(result.items()).containsExactly(1));
        assertThat(upstream.calls()).hasSizeBetween(3, 10); // two at once, and the rest share the next ones
    }

    private UpstreamListClient.Answer<Integer> callUpstream() {
        if (client == null) {
            client = client(upstream.url(), null);
        }
        return client.list().block(Duration.ofSeconds(10));
    }

    private static UpstreamListClient<Body, Integer> client(URI url, @Nullable String apiKey) {
        return new UpstreamListClient<>(
                "other", url, apiKey, "/numbers?limit=9", Body.class, Body::numbers, new SimpleMeterRegistry());
    }
}
