package io.multicloudboutique.support.upstream;

import static io.multicloudboutique.testing.ScriptedUpstream.respond;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ScriptedUpstream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a question to a service that answers, is slow, talks nonsense or is gone. */
class UpstreamListClientTest {

    record Body(List<Integer> numbers) {}

    @RegisterExtension
    final ScriptedUpstream other = new ScriptedUpstream();

    private UpstreamListClient neighbour;

    @Test
    void whatItTellsIsPassedOnAndOtherFieldsAreIgnored() {
        other.answer(200, "{\"surprise\": {\"a\": [null]}, \"numbers\": [1, 2], \"next\": null}");

        var answer = ask();

        assertThat(answer.failure()).isNull();
        assertThat(answer.items()).containsExactly(1, 2);
        assertThat(other.calls()).containsExactly("GET /numbers?limit=9");
        assertThat(other.lastHeaders()).doesNotContainKey("X-api-key");
    }

    @Test
    void anEmptyListIsAnAnswer() {
        other.answer(200, "{\"numbers\":[]}");

        assertThat(ask().failure()).isNull();
        assertThat(ask().items()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shop/numbers-service/", "/shop/numbers-service"})
    void itMayLiveBehindAPathPrefix(String prefix) {
        other.answer(200, "{\"numbers\":[]}");
        neighbour = new UpstreamListClient("other", URI.create(other.url() + prefix), "key");

        ask();

        assertThat(other.calls()).containsExactly("GET /shop/numbers-service/numbers?limit=9");
        assertThat(other.lastHeaders().getFirst("X-API-Key")).isEqualTo("key");
    }

    @Test
    void aSlowOneIsGivenASecond() {
        other.keepSilent();
        var begin = System.nanoTime();

        assertThat(ask().failure()).isEqualTo("The other did not respond within one second.");
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
    void nonsenseIsNotPassedOn(String body) {
        other.answer(200, body);

        var answer = ask();

        assertThat(answer.failure()).isEqualTo("The other returned a response that cannot be read.");
        assertThat(answer.items()).isEmpty();
    }

    @Test
    void anErrorIsNotAskedForAgain() {
        other.answer(503, "{}");

        assertThat(ask().failure()).isEqualTo("The other responded with status 503.");
        assertThat(other.calls()).hasSize(1);
    }

    @Test
    void aBrokenConnectionIsTriedOnceMore() {
        other.answer(exchange -> {
            if (other.calls().size() > 1) {
                respond(exchange, 200, "{\"numbers\":[]}");
            } // else it is closed without an answer
        });

        assertThat(ask().failure()).isNull();
        assertThat(other.calls()).hasSize(2);
    }

    @Test
    void oneThatIsGoneCannotBeReached() {
        other.stop();
        assertThat(ask().failure()).isEqualTo("The other could not be reached.");
    }

    @Test
    void afterRepeatedFailuresItIsLeftAlone() {
        other.answer(500, "{}");
        for (int i = 0; i < 10; i++) {
            ask();
        }

        assertThat(ask().failure()).isEqualTo("The other failed repeatedly and will not be called for a few seconds.");
        assertThat(other.calls()).hasSize(10);
    }

    private UpstreamListClient.Answer<Integer> ask() {
        if (neighbour == null) {
            neighbour = new UpstreamListClient("other", other.url(), null);
        }
        return neighbour.list("/numbers?limit=9", Body.class, Body::numbers).block(Duration.ofSeconds(10));
    }
}
