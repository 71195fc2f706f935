package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTest extends InventoryTest {

    private final String key = UUID.randomUUID().toString();

    @Test
    void retryReturnsTheFirstResponseAndHasNoSecondEffect() {
        var body = "{\"productId\":\"again-" + product + "\",\"name\":\"New\",\"stockLevel\":7}";
        var first = client.post("/inventory")
                .header("Idempotency-Key", key)
                .json(body)
                .expect(201);
        client.post("/inventory/again-" + product + "/reserve").expect(200);
        var second = client.post("/inventory")
                .header("Idempotency-Key", key)
                .json(body)
                .expect(201);

        assertThat(first.header("Idempotent-Replayed")).isEmpty();
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    @Test
    void anAdjustmentTakesEffectOnce() {
        var body = adjustment(delta(product, -15));
        var first = adjust(body).expect(200);
        client.put("/inventory/" + product).json("{\"archived\":true}").expect(200);
        var second = adjust(body).expect(200);

        assertReplayed(second);
        assertThat(second.body()).isEqualTo(first.body());
        adjust(adjustment(delta(product, -14))).expectProblem(422, "idempotency-key-reused");
        assertStock(product, 5, 0);
    }

    @Test
    void bodiesAreComparedByTheirParsedContent() {
        reserve(key, "{\"quantity\":2}").expect(200);
        assertReplayed(reserve("\"" + key + "\"", "{ \"other\": 1, \"quantity\": 2.0 }")
                .expect(200));
        assertStock(product, 20, 2);
    }

    @Test
    void sameKeyWithAnotherBodyIsRejected() {
        reserve(key, "{\"quantity\":2}").expect(200);
        reserve(key, "{\"quantity\":3}").expectProblem(422, "idempotency-key-reused");
        assertStock(product, 20, 2);
    }

    @Test
    void keyAppliesOnlyToItsPath() {
        var other = newProduct(3);
        reserve(key, "{\"quantity\":2}").expect(200);
        var elsewhere = client.post("/inventory/" + other + "/reserve")
                .header("Idempotency-Key", key)
                .json("{\"quantity\":3}")
                .expect(200);

        assertThat(elsewhere.header("Idempotent-Replayed")).isEmpty();
        assertStock(other, 3, 3);
    }

    @Test
    void keyOfARejectedRequestCanBeUsedAgain() {
        reserve(key, "{\"quantity\":21}").expectProblem(409, "insufficient-stock");
        client.put("/inventory/" + product).json("{\"stockLevel\":21}").expect(200);
        var response = reserve(key, "{\"quantity\":21}").expect(200);

        assertThat(response.header("Idempotent-Replayed")).isEmpty();
        assertStock(product, 21, 21);
    }

    @Test
    void confirmingAndCreatingAReservationCanBeRetried() {
        var id = hold(product, 2);
        var action = "/reservations/" + id + "/confirm";
        client.post(action).header("Idempotency-Key", key).expect(200);
        assertReplayed(client.post(action).header("Idempotency-Key", key).expect(200));
        var cart = "{\"lines\":[{\"productId\":\"" + product + "\",\"quantity\":1}]}";
        var first = client.post("/reservations")
                .header("Idempotency-Key", key)
                .json(cart)
                .expect(201);
        var second = client.post("/reservations")
                .header("Idempotency-Key", key)
                .json(cart)
                .expect(201);

        assertThat(second.json()).isEqualTo(first.json());
        assertStock(product, 18, 1);
    }

    @Test
    void extendingAndReturningAReservationCanBeRetried() {
        var path = "/reservations/" + hold(product, 2);
        var extended = extend(path, 3600).expect(200);
        client.post(path + "/confirm").expect(200);
        var extendedAgain = extend(path, 3600).expect(200);
        assertReplayed(extendedAgain);
        assertThat(extendedAgain.body()).isEqualTo(extended.body());
        extend(path, 7200).expectProblem(422, "idempotency-key-reused");

        var action = path + "/return";
        var returned =
                client.post(action).header("Idempotency-Key", key).json("{}").expect(200);
        var returnedAgain = client.post(action).header("Idempotency-Key", key).expect(200);
        assertReplayed(returnedAgain);
        assertThat(returnedAgain.body()).isEqualTo(returned.body());
        client.post(action)
                .header("Idempotency-Key", key)
                .json(cart(line(product, 1)))
                .expectProblem(422, "idempotency-key-reused");
        assertStock(product, 20, 0);
    }

    private ContractClient.Call extend(String path, int seconds) {
        return ExtensionTest.extend(client, path, seconds).header("Idempotency-Key", key);
    }

    @Test
    void concurrentDuplicatesTakeEffectOnceAndReturnTheSameResponse() throws Exception {
        var responses = Clients.simultaneously(
                24, i -> () -> reserve(key, "{\"quantity\":2}").expect(200));

        assertThat(responses)
                .filteredOn(response -> response.header("Idempotent-Replayed").isEmpty())
                .hasSize(1);
        assertThat(responses.stream().map(Answer::body).distinct()).hasSize(1);
        assertStock(product, 20, 2);
    }

    @Test
    void onlyOneOfTwoConcurrentBodiesWithTheSameKeySucceeds() throws Exception {
        for (int round = 0; round < 10; round++) {
            var sameKey = UUID.randomUUID().toString();
            var answers = Clients.simultaneously(
                    2,
                    i -> () ->
                            reserve(sameKey, "{\"quantity\":" + (1 + i) + "}").send());

            assertThat(answers).extracting(Answer::status).containsExactlyInAnyOrder(200, 422);
            var quantity = answers.get(0).status() == 200 ? 1 : 2;
            client.post("/inventory/" + product + "/release")
                    .json("{\"quantity\":" + quantity + "}")
                    .expect(200);
            assertStock(product, 20, 0);
        }
    }

    @Test
    void keyOfARejectedRequestIsFreeForTheNextRequestOfItsBatch() throws Exception {
        var answers = Clients.simultaneously(
                24,
                i -> () -> reserve(key, "{\"quantity\":" + (i % 8 == 0 ? 2 : 21) + "}")
                        .send());

        var rejected = IntStream.range(0, 24).filter(i -> i % 8 != 0).mapToObj(answers::get);
        assertThat(rejected).extracting(Answer::status).isSubsetOf(409, 422);
        var accepted = IntStream.range(0, 24)
                .filter(i -> i % 8 == 0)
                .mapToObj(i -> answers.get(i).expected(200));
        assertThat(accepted)
                .filteredOn(answer -> answer.header("Idempotent-Replayed").isEmpty())
                .hasSize(1);
        assertStock(product, 20, 2);
    }

    @Test
    void duplicateOfARunningRequestReturnsRetryAfter() throws Exception {
        // Another transaction holds the product, so the first request cannot finish.
        try (var blocker = database.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute("SELECT 1 FROM inventory.products WHERE product_id = '" + product + "' FOR UPDATE");

            var responses = Clients.simultaneously(
                    2, i -> () -> reserve(key, "{\"quantity\":2}").send());
            blocker.rollback();

            // The first request gives up waiting for the product and returns 503. The second request gives up
            // waiting for the key and returns 409, or it gets the key after the first one failed, waits for the
            // product too, and returns 503.
            assertThat(responses).extracting(Answer::status).contains(503).isSubsetOf(409, 503);
            assertThat(responses)
                    .allSatisfy(response ->
                            assertThat(response.header("Retry-After")).isEqualTo("1"));
        }
        reserve(key, "{\"quantity\":2}").expect(200);
        assertStock(product, 20, 2);
    }

    @Test
    void keyThatAnotherInstanceIsAboutToStoreReturns409WithRetryAfter() throws Exception {
        try (var blocker = database.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute(
                            "INSERT INTO inventory.idempotency_keys (caller, method, path, key, fingerprint, expires_at) VALUES"
                                    + " ('', 'POST', '/inventory/" + product + "/reserve', '" + key
                                    + "', '', 'infinity')");

            var response = reserve(key, "{\"quantity\":1}").expectProblem(409, "request-in-progress");

            assertThat(response.header("Retry-After")).isEqualTo("1");
            blocker.rollback();
        }
        assertThat(reserve(key, "{\"quantity\":1}").expect(200).header("Idempotent-Replayed"))
                .isEmpty();
    }

    @Test
    void duplicatesWaitForAnotherInstanceTogether() throws Exception {
        try (var blocker = database.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement()
                    .execute("SELECT 1 FROM inventory.products WHERE product_id = '" + product + "' FOR UPDATE");
            var start = System.nanoTime();

            var answers = Clients.simultaneously(
                    24, i -> () -> reserve(key, "{\"quantity\":2}").send());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
            assertThat(answers).extracting(Answer::status).isSubsetOf(409, 503);
            blocker.rollback();
        }
        reserve(key, "{\"quantity\":2}").expect(200);
        assertStock(product, 20, 2);
    }

    @Test
    void responsesAreReplayedAfterARestart() {
        var first = reserve(key, "{\"quantity\":2}").expect(200);
        inventory.restart();
        client = inventory.client();

        var second = reserve(key, "{\"quantity\":2}").expect(200);
        assertReplayed(second);
        assertThat(second.body()).isEqualTo(first.body());
        assertStock(product, 20, 2);
    }

    @Test
    void keyCanBeReusedAfterADay() {
        reserve(key, "{\"quantity\":2}").expect(200);
        database.execute("UPDATE inventory.idempotency_keys SET expires_at = now() - interval '1 hour' WHERE key = '"
                + key + "'");

        assertThat(reserve(key, "{\"quantity\":3}").expect(200).header("Idempotent-Replayed"))
                .isEmpty();
        assertReplayed(reserve(key, "{\"quantity\":3}").expect(200));
        assertStock(product, 20, 5);
    }

    private ContractClient.Call adjust(String body) {
        return client.post("/inventory/adjustments")
                .header("Idempotency-Key", key)
                .json(body);
    }

    private ContractClient.Call reserve(String key, String body) {
        return client.post("/inventory/" + product + "/reserve")
                .header("Idempotency-Key", key)
                .json(body);
    }

    private static void assertReplayed(Answer response) {
        assertThat(response.header("Idempotent-Replayed")).isEqualTo("true");
    }
}
