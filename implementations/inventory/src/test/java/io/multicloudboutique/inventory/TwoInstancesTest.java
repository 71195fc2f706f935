package io.multicloudboutique.inventory;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.ServiceProcess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances of the service on one database. */
class TwoInstancesTest extends InventoryTest {

    private static ServiceProcess second;

    @BeforeAll
    static void startSecondInstance() {
        second = ServiceProcess.start(InventoryApplication.class, "inventory", inventory.database());
    }

    @AfterAll
    static void endSecondInstance() {
        second.close();
    }

    @Test
    void theyNeverOversellAndKeepTheChangesOfEachProductInOrder() throws Exception {
        var products = List.of(newProduct(60), newProduct(60), newProduct(60));
        var instances = List.of(client, second.client());
        var reservedByClient = Clients.simultaneously(12, i -> () -> changeStock(instances, products, new Random(i)));

        var acknowledged = reservedByClient.stream()
                .flatMap(reserved -> reserved.entrySet().stream())
                .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
        assertThat(database
                        .rows("SELECT product_id, unassigned FROM inventory.products WHERE product_id IN ('"
                                + String.join("','", products) + "')")
                        .stream()
                        .collect(Collectors.toMap(row -> (String) row.get("product_id"), row -> row.get("unassigned"))))
                .as("acknowledged quantities outside of reservations")
                .isEqualTo(acknowledged);
        quantitiesAddUp();
        // Each change of a product has raised its version by one and added one movement.
        assertThat(database.rows("""
                        SELECT product_id, version, last_updated, count(*), max(created_at)
                        FROM inventory.products JOIN inventory.movements USING (product_id)
                        GROUP BY product_id HAVING version <> count(*) OR last_updated <> max(created_at)
                        """))
                .as("products whose version or time differs from their movements")
                .isEmpty();
    }

    /**
     * Makes random changes, each with a key and half of them twice.
     *
     * @return the quantity of each product that this client has reserved and not released
     */
    private static Map<String, Long> changeStock(List<ContractClient> instances, List<String> products, Random random) {
        var reserved = new HashMap<String, Long>();
        products.forEach(productId -> reserved.put(productId, 0L));
        for (int n = 0; n < 25; n++) {
            var productId = products.get(random.nextInt(products.size()));
            var quantity = 1 + random.nextInt(3);
            var path = "/inventory/" + productId;
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    if (send(instances, random, path + "/reserve", quantity(quantity))) {
                        reserved.merge(productId, (long) quantity, Long::sum);
                    }
                }
                case 2 -> {
                    if (send(instances, random, path + "/release", quantity(quantity))) {
                        reserved.merge(productId, (long) -quantity, Long::sum);
                    }
                }
                case 3 -> {
                    var response = any(instances, random)
                            .put(path)
                            .json("{\"stockLevel\":" + (40 + random.nextInt(40)) + "}")
                            .send();
                    assertThat(response.status()).as(response.toString()).isIn(200, 409);
                }
                case 4 -> {
                    var lines = new ArrayList<String>();
                    products.forEach(line -> lines.add(delta(line, random.nextInt(-3, 4))));
                    Collections.shuffle(lines, random);
                    send(instances, random, "/inventory/adjustments", adjustment(lines.toArray(String[]::new)));
                }
                default -> {
                    var held = any(instances, random)
                            .post("/reservations")
                            .json(cart(products.stream()
                                    .map(line -> line(line, quantity))
                                    .toArray(String[]::new)))
                            .send();
                    assertThat(held.status()).as(held.toString()).isIn(201, 409);
                    if (held.status() == 201) {
                        var id = held.json().path("reservationId").asString();
                        var action = random.nextBoolean() ? "/confirm" : "/cancel";
                        assertThat(send(instances, random, "/reservations/" + id + action, null))
                                .isTrue();
                        if (action.equals("/confirm")) {
                            assertThat(send(instances, random, "/reservations/" + id + "/return", null))
                                    .isTrue();
                        }
                    }
                }
            }
        }
        return reserved;
    }

    /** Sends a request with a new key, and returns whether it took effect. */
    private static boolean send(List<ContractClient> instances, Random random, String path, String body) {
        var key = UUID.randomUUID().toString();
        var first = send(any(instances, random), path, key, body);
        assertThat(first.status()).as(first.toString()).isIn(200, 409);
        if (first.status() == 200 && random.nextBoolean()) {
            assertThat(send(any(instances, random), path, key, body).body()).isEqualTo(first.body());
        }
        return first.status() == 200;
    }

    private static Answer send(ContractClient instance, String path, String key, String body) {
        var call = instance.post(path).header("Idempotency-Key", key);
        return (body == null ? call : call.json(body)).send();
    }

    private static ContractClient any(List<ContractClient> instances, Random random) {
        return instances.get(random.nextInt(instances.size()));
    }

    @Test
    void keysThatAreSentThreeTimesAtOnceTakeEffectOnce() throws Exception {
        keysTakeEffectOnce(300);
    }

    @Test
    @Tag("resilience")
    void tenThousandKeysThatAreSentThreeTimesAtOnceTakeEffectOnce() throws Exception {
        keysTakeEffectOnce(10_000);
    }

    private void keysTakeEffectOnce(int number) throws Exception {
        var instances = List.of(client, second.client());
        var popular = newProduct(1_000_000);
        var keys = IntStream.range(0, number)
                .mapToObj(n -> UUID.randomUUID().toString())
                .toList();
        var next = new AtomicInteger();

        var answers = Clients.simultaneously(32, i -> () -> {
                    var own = new ArrayList<Map.Entry<String, Answer>>();
                    for (int n = next.getAndIncrement(); n < 3 * keys.size(); n = next.getAndIncrement()) {
                        var key = keys.get(n / 3);
                        var answer = instances
                                .get(n % 2)
                                .post("/inventory/" + popular + "/reserve")
                                .header("Idempotency-Key", key)
                                .expect(200);
                        own.add(Map.entry(key, answer));
                    }
                    return own;
                })
                .stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toList())));

        assertThat(answers).hasSameSizeAs(keys).allSatisfy((key, sameKey) -> {
            assertThat(sameKey.stream().map(answer -> answer.header("Idempotent-Replayed")))
                    .containsExactlyInAnyOrder("", "true", "true");
            assertThat(sameKey.stream().map(Answer::body).distinct()).hasSize(1);
            assertThat(sameKey.stream().map(answer -> answer.header("ETag")).distinct())
                    .hasSize(1);
        });
        assertStock(popular, 1_000_000, keys.size());
    }

    @Test
    void reservationExpiresOnce() throws Exception {
        var reservationIds = Clients.simultaneously(
                20,
                i -> () -> (i % 2 == 0 ? client : second.client())
                        .post("/reservations")
                        .json("{\"lines\":[" + line(product, 1) + "]}")
                        .expect(201)
                        .json()
                        .path("reservationId")
                        .asString());
        assertStock(product, 20, 20);
        // The reservations are due for both processes at the same moment.
        database.execute("UPDATE inventory.reservations SET expires_at = now() WHERE reservation_id IN ('"
                + String.join("','", reservationIds) + "')");

        await().atMost(ofSeconds(5)).untilAsserted(() -> assertStock(product, 20, 0));

        assertThat(database.rows("SELECT reservation_id, count(*) FROM inventory.movements WHERE kind = 'expire' AND"
                        + " reservation_id IN ('" + String.join("','", reservationIds)
                        + "') GROUP BY 1 HAVING count(*) = 1"))
                .as("reservations that expired exactly once")
                .hasSize(20);
    }

    @Test
    void aReservationIsReturnedOnceByManyClients() throws Exception {
        for (int round = 0; round < 5; round++) {
            var other = newProduct(20);
            var held = client.post("/reservations")
                    .json(cart(line(product, 4), line(other, 2)))
                    .expect(201);
            var path = "/" + held.header("Location");
            client.post(path + "/confirm").expect(200);
            var returns = List.of("{}", cart(line(product, 1)), cart(line(product, 4)), cart(line(other, 2)));

            var answers = Clients.simultaneously(
                    64,
                    i -> () -> (i % 2 == 0 ? client : second.client())
                            .post(path + "/return")
                            .json(returns.get(i / 2 % returns.size()))
                            .send());

            assertThat(answers).extracting(Answer::status).containsOnly(200, 409);
            var accepted =
                    answers.stream().filter(answer -> answer.status() == 200).toList();
            assertThat(accepted).hasSize(64 / returns.size());
            assertThat(accepted.stream().map(Answer::body).distinct()).hasSize(1);
            assertThat(answers)
                    .filteredOn(answer -> answer.status() == 409)
                    .allSatisfy(answer ->
                            assertThat(answer.json().path("code").asString()).isEqualTo("already-returned"));
            assertThat(second.client().get(path).expect(200).body())
                    .isEqualTo(accepted.get(0).body());
            client.put("/inventory/" + product).json("{\"stockLevel\":20}").expect(200);
        }
    }

    @Test
    void anExtensionIsEitherRefusedOrKeptWhileTheReservationExpires() throws Exception {
        var plenty = newProduct(1000);
        var extended = Clients.simultaneously(12, i -> () -> {
            var random = new Random(i);
            var results = new HashMap<String, Answer>();
            for (int n = 0; n < 15; n++) {
                var id = hold(plenty, 1);
                database.execute("UPDATE inventory.reservations SET expires_at = now() + interval '"
                        + random.nextInt(20) + " milliseconds' WHERE reservation_id = '" + id + "'");
                results.put(
                        id,
                        ExtensionTest.extend(n % 2 == 0 ? client : second.client(), "/reservations/" + id, 3600)
                                .send());
            }
            return results;
        });

        var statuses = new HashSet<Integer>();
        for (var results : extended) {
            results.forEach((id, answer) -> {
                statuses.add(answer.status());
                var read = second.client().get("/reservations/" + id).expect(200);
                assertThat(read.json().path("status").asString())
                        .as(answer.toString())
                        .isEqualTo(answer.status() == 200 ? "active" : "expired");
                if (answer.status() == 200) {
                    assertThat(read.body()).isEqualTo(answer.body());
                }
            });
        }
        assertThat(statuses).isEqualTo(Set.of(200, 409));
        var active = extended.stream()
                .flatMap(results -> results.values().stream())
                .filter(answer -> answer.status() == 200)
                .count();
        await().untilAsserted(() -> assertStock(plenty, 1000, active));
    }

    @Test
    void anExtensionAndAnEndOfAReservationTakeEffectOneAfterTheOther() throws Exception {
        for (int round = 0; round < 20; round++) {
            var path = "/reservations/" + hold(product, 1);
            var end = round % 2 == 0 ? "confirm" : "cancel";

            var answers = Clients.simultaneously(
                    8,
                    i -> () -> i < 4
                            ? ExtensionTest.extend(i % 2 == 0 ? client : second.client(), path, 3600 + i)
                                    .send()
                            : (i % 2 == 0 ? client : second.client())
                                    .post(path + "/" + end)
                                    .send());

            assertThat(answers.subList(4, 8)).extracting(Answer::status).containsOnly(200);
            assertThat(answers.subList(0, 4)).extracting(Answer::status).isSubsetOf(200, 409);
            var last = client.get(path).expect(200);
            assertThat(answers.subList(4, 8)).extracting(Answer::body).containsOnly(last.body());
            var latest = answers.subList(0, 4).stream()
                    .filter(answer -> answer.status() == 200)
                    .map(answer -> ExtensionTest.expiresAt(answer.json()))
                    .max(Instant::compareTo);
            latest.ifPresent(
                    time -> assertThat(ExtensionTest.expiresAt(last.json())).isEqualTo(time));
        }
        assertStock(product, 10, 0);
    }

    @Test
    void cursorsTagsAndKeysOfOneProcessAreValidInTheOther() {
        var other = second.client();
        var key = UUID.randomUUID().toString();
        var cart = cart(line(product, 1), line(newProduct(5), 2));
        var held = client.post("/reservations")
                .header("Idempotency-Key", key)
                .json(cart)
                .expect(201);

        var replayed = other.post("/reservations")
                .header("Idempotency-Key", key)
                .json(cart)
                .expect(201);
        assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(replayed.body()).isEqualTo(held.body());
        other.get("/inventory?limit=1&cursor=" + CursorPromises.after(client, "/inventory"))
                .expect(200);
        other.get("/inventory/" + product)
                .header(
                        "If-None-Match",
                        client.get("/inventory/" + product).expect(200).header("ETag"))
                .expect(304);
    }

    private static String quantity(long quantity) {
        return "{\"quantity\":" + quantity + "}";
    }
}
