package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.food.Issuer.State;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Verifies how tokens are handled while the service cannot read the metadata or the keys of their issuer. */
class IssuerOutageTest {

    private static final Issuer issuer = new Issuer();

    @RegisterExtension
    static final RunningService food = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "boutique.security.mode=jwt",
            () -> "boutique.security.jwt.issuer=" + issuer.url(),
            () -> "boutique.security.jwt.audience=" + Issuer.AUDIENCE);

    @AfterAll
    static void stopIssuer() {
        issuer.close();
    }

    @Test
    void issuerOutageReturns503AndTheServiceRecovers() {
        issuer.become(State.FAILING);
        food.restart(); // the service starts even if the issuer is unavailable
        assertUnavailable(get(issuer.token()));
        get("garbage").expectProblem(401, "unauthenticated");
        food.client().get("/food/1").expectProblem(401, "unauthenticated");
        food.client().get("/health").expect(200);

        issuer.become(State.SILENT);
        var begin = System.nanoTime();
        await().during(Duration.ofMillis(1500))
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertUnavailable(get(issuer.token())));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));

        issuer.become(State.UP);
        await().untilAsserted(() -> get(issuer.token()).expect(200));

        issuer.become(State.FAILING);
        var next = Issuer.ec("next");
        issuer.publish(issuer.rsa, next);
        var token = issuer.signed(Issuer.header(next), next, claims -> claims);
        await().untilAsserted(() -> assertUnavailable(get(token)));
        get(issuer.token()).expect(200); // known keys stay valid

        issuer.become(State.UP);
        await().untilAsserted(() -> get(token).expect(200));
    }

    @Test
    void tokensWithKnownKeysDoNotWaitForTokensWithUnknownKeys() throws Exception {
        issuer.become(State.UP);
        food.restart();
        get(issuer.token()).expect(200);
        Thread.sleep(1100); // after this pause, the service may query the issuer again
        issuer.become(State.SILENT);
        var before = issuer.questions.get();
        var unpublishedKey = Issuer.ec("unpublished");
        var unknown = issuer.signed(Issuer.header(unpublishedKey), unpublishedKey, claims -> claims);
        var threads = Executors.newFixedThreadPool(60);
        try {
            var waiting = IntStream.range(0, 60)
                    .mapToObj(i -> CompletableFuture.runAsync(() -> assertUnavailable(get(unknown)), threads))
                    .toList();
            await().until(() -> issuer.questions.get() > before);

            for (int i = 0; i < 5; i++) {
                get(issuer.token()).expect(200);
            }

            assertThat(waiting).noneMatch(CompletableFuture::isDone);
            waiting.forEach(CompletableFuture::join);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void metadataOfAnotherIssuerIsIgnored() {
        issuer.become(State.FOREIGN);
        food.restart();
        var before = issuer.questions.get();

        assertUnavailable(get(issuer.token()));

        assertThat(issuer.questions).hasValue(before + 1); // the service read the metadata, but not the key set
    }

    private static void assertUnavailable(ContractClient.Call call) {
        var response = call.expectProblem(503, "unavailable");
        assertThat(response.header("Retry-After")).isEqualTo("1");
        assertThat(response.header("WWW-Authenticate")).isEmpty();
        assertThat(response.body()).doesNotContain(issuer.url());
    }

    private static ContractClient.Call get(String token) {
        return food.client().get("/food/1").header("Authorization", "Bearer " + token);
    }
}
