package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.RunningService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The rate limit of a protected service, where the caller is the one to whom the API key belongs. */
class RateLimitTest {

    private static final String SALAD = "{\"name\":\"Rate-limited salad\",\"category\":\"Salad\",\"price\":8}";

    @RegisterExtension
    static final RunningService food = RunningService.of(
            FoodApplication.class,
            "food",
            () -> "inventory.service.url=http://127.0.0.1:1",
            () -> "boutique.security.mode=api-key",
            () -> "boutique.security.api-keys=checkout=%s,warehouse=%s,kitchen=%s"
                    .formatted(hash("checkout-key"), hash("warehouse-key"), hash("kitchen-key")),
            () -> "boutique.rate-limit.requests-per-second=1");

    @Test
    void eachCallerHasItsOwnLimit() {
        await().until(() -> read("checkout-key").status() == 429);

        var answer = read("warehouse-key").expected(200);
        assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"caller\";q=1;w=1");
        assertThat(answer.header("RateLimit")).isEqualTo("\"caller\";r=0;t=1");
    }

    @Test
    void aRejectedRequestHasNoEffect() {
        var created = new AtomicInteger();

        var rejected = await().until(
                        () -> {
                            var answer = food.client()
                                    .post("/food")
                                    .json(SALAD)
                                    .header("X-API-Key", "kitchen-key")
                                    .send();
                            if (answer.status() == 201) {
                                created.incrementAndGet();
                            }
                            return answer;
                        },
                        answer -> answer.status() != 201);

        rejected.expected(429);
        assertThat(rejected.header("Retry-After")).isEqualTo("1");
        assertThat(food.database().rows("SELECT id FROM food.food_items WHERE name = 'Rate-limited salad'"))
                .hasSize(created.get());
    }

    @Test
    void aRequestWithoutCredentialsIsNotCounted() {
        for (var i = 0; i < 5; i++) {
            var answer = food.client().get("/food/1").expectProblem(401, "unauthenticated");
            assertThat(answer.header("RateLimit")).isEmpty();
        }
    }

    private static Answer read(String key) {
        return food.client().get("/food/1").header("X-API-Key", key).send();
    }

    private static String hash(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
