package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.RunningService;
import io.multicloudboutique.testing.TwoInstancesPromises;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** The promises that the inventory shares with the other services; {@link TwoInstancesTest} is about stock. */
class TwoInstancesPromisesTest extends TwoInstancesPromises {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    TwoInstancesPromisesTest() {
        super(inventory, new Items("/inventory", "/data", "products", n -> product("T" + n, 1)));
    }

    @AfterEach
    void movementsAddUp() {
        InventoryTest.movementsAddUp(database());
    }

    @AfterEach
    void bothInstancesReturnTheNumberOfStoredProducts() {
        for (var instance : instances()) {
            assertThat(instance.get("/inventory")
                            .expect(200)
                            .json()
                            .path("total")
                            .asLong())
                    .isEqualTo(count("products"));
        }
    }

    @Test
    void eachInstanceReadsTheChangesOfTheOtherAtOnce() throws Exception {
        assertChangesAreVisibleAtOnce(n -> "{\"stockLevel\":" + (1000 + n) + "}");
    }

    @Test
    void oneOfManyChangesOfAVersionSucceedsInBothInstances() throws Exception {
        assertOneOfManyRacingChangesSucceeds(n -> "{\"name\":\"Name " + n + "\"}");
    }

    @Test
    void aProductIdIsUniqueInBothInstances() throws Exception {
        var ids = newKeys().stream().map(key -> "U" + key).toList();

        var answers = sendAtOnce(ids.size(), 4, (instance, n, repetition) -> {
            // Both instances get the ids in another order.
            var id = ids.get(repetition % 2 == 0 ? n : n ^ 3);
            return instance.post("/inventory").json(product(id, 1)).send();
        });

        assertThat(statuses(answers.stream().flatMap(List::stream).toList()))
                .containsOnlyKeys(201, 409)
                .containsEntry(201, (long) ids.size());
    }

    @Test
    void theReferenceOfAReservationIsUniqueInBothInstances() throws Exception {
        var references = newKeys();
        var products = IntStream.range(0, 4)
                .mapToObj(n -> newProduct(10 * references.size()))
                .toList();

        var answers = sendAtOnce(references.size(), 4, (instance, n, repetition) -> {
            // Both instances get the references in another order, and with other products.
            var reference = references.get(repetition % 2 == 0 ? n : n ^ 3);
            return instance.post("/reservations")
                    .json(cart(products.get(repetition), reference))
                    .send();
        });

        assertThat(statuses(answers.stream().flatMap(List::stream).toList()))
                .containsOnlyKeys(201, 409)
                .containsEntry(201, (long) references.size());
        assertThat(references)
                .allSatisfy(reference -> assertThat(any().get("/reservations?reference=" + reference)
                                .expect(200)
                                .json())
                        .hasSize(1));
    }

    /** The second request to arrive finds no stock, because the first one has taken it. */
    @Test
    void aKeyedRequestThatIsSentToBothInstancesDoesNotTakeItsOwnStock() throws Exception {
        var keys = newKeys();
        var products = keys.stream().map(key -> newProduct(1)).toList();

        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post("/inventory/" + products.get(n) + "/reserve")
                        .header("Idempotency-Key", keys.get(n))
                        .expect(200));
        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post("/inventory/" + products.get(n) + "/release")
                        .header("Idempotency-Key", keys.get(n))
                        .expect(200));
        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post("/inventory/adjustments")
                        .header("Idempotency-Key", keys.get(n))
                        .json(InventoryTest.adjustment(InventoryTest.delta(products.get(n), -1)))
                        .expect(200));
        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post("/inventory/adjustments")
                        .header("Idempotency-Key", keys.get(n) + "/back")
                        .json(InventoryTest.adjustment(InventoryTest.delta(products.get(n), 1)))
                        .expect(200));
        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post("/reservations")
                        .header("Idempotency-Key", keys.get(n))
                        .json(cart(products.get(n), "order-" + keys.get(n)))
                        .expect(201));
    }

    /** The second request to arrive finds that the reservation is already confirmed or returned. */
    @Test
    void aKeyedChangeOfAReservationThatIsSentToBothInstancesTakesEffectOnce() throws Exception {
        var keys = newKeys();
        var product = newProduct(keys.size());
        var reservations = keys.stream()
                .map(key -> "/"
                        + any().post("/reservations")
                                .json(cart(product, "order-" + key))
                                .expect(201)
                                .header("Location"))
                .toList();

        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> ExtensionTest.extend(instance, reservations.get(n), 3600)
                        .header("Idempotency-Key", keys.get(n))
                        .expect(200));
        reservations.forEach(reservation -> any().post(reservation + "/confirm").expect(200));
        assertKeysTakeEffectOnce(
                keys,
                (instance, n, repetition) -> instance.post(reservations.get(n) + "/return")
                        .header("Idempotency-Key", keys.get(n))
                        .expect(200));
        assertThat(any().get("/inventory/" + product)
                        .expect(200)
                        .json()
                        .path("stockLevel")
                        .asInt())
                .isEqualTo(keys.size());
    }

    @Test
    void aListAndItsTotalAgreeWhileBothInstancesWrite() throws Exception {
        database().execute("""
                DELETE FROM inventory.movements;
                DELETE FROM inventory.reservation_lines;
                DELETE FROM inventory.reservations;
                DELETE FROM inventory.products;
                UPDATE inventory.totals SET items = 0;
                """); // so that one page has all products
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            var seen = 0L;
            for (int n = 0; n < 8; n++) {
                if (i % 4 != 0) {
                    create();
                } else {
                    var list = any().get("/inventory?limit=200").expect(200).json();
                    assertThat(list.path("total").asLong())
                            .isGreaterThanOrEqualTo(seen)
                            .isEqualTo(list.path("data").size());
                    seen = list.path("total").asLong();
                    list.path("data").forEach(TwoInstancesPromisesTest::assertQuantities);
                }
            }
            return null;
        });
    }

    private static void assertQuantities(JsonNode product) {
        assertThat(product.path("available").asLong() + product.path("reserved").asLong())
                .as(product.toString())
                .isEqualTo(product.path("stockLevel").asLong());
    }

    @Test
    void bothInstancesDeleteOldRowsTogetherWhileBothWrite() throws Exception {
        var product = newProduct(1_000_000);
        database().execute("""
                INSERT INTO inventory.reservations (reservation_id, status, created_at, expires_at)
                SELECT lpad(i::text, 32, '0')::uuid, 'confirmed', now() - interval '91 days', now() - interval '91 days'
                FROM generate_series(1, 5500) i;

                INSERT INTO inventory.reservation_lines (reservation_id, product_id, quantity)
                SELECT lpad(i::text, 32, '0')::uuid, '%s', 1 FROM generate_series(1, 5500) i;

                INSERT INTO inventory.idempotency_keys (caller, method, path, key, fingerprint, created_at, expires_at)
                SELECT '', 'POST', '/inventory/%1$s/reserve', i::text, '',
                    now() - interval '25 hours', now() - interval '1 hour'
                FROM generate_series(1, 5500) i
                """.formatted(product));
        var reservations = count("reservations WHERE created_at > now() - interval '90 days'");

        restartBoth("boutique.retention.movements=90d", "boutique.retention.reservations=90d");
        Clients.<Void>simultaneously(CLIENTS, i -> () -> {
            for (int n = 0; n < 5; n++) {
                var held = any().post("/reservations")
                        .json(cart(product, UUID.randomUUID().toString()))
                        .expect(201);
                any().post("/" + held.header("Location") + "/cancel").expect(200);
            }
            return null;
        });

        await().untilAsserted(() -> {
            assertThat(count("idempotency_keys WHERE expires_at < now()")).isZero();
            assertThat(count("reservations")).isEqualTo(reservations + 5L * CLIENTS);
            assertThat(count("reservation_lines")).isEqualTo(count("reservations"));
        });
    }

    private String newProduct(long stockLevel) {
        var id = "N" + nextNumber();
        any().post("/inventory").json(product(id, stockLevel)).expect(201);
        return id;
    }

    private long count(String rows) {
        return ((Number) database().value("SELECT count(*) FROM inventory." + rows)).longValue();
    }

    private static String product(String id, long stockLevel) {
        return "{\"productId\":\"" + id + "\",\"name\":\"Test\",\"stockLevel\":" + stockLevel + "}";
    }

    private static String cart(String productId, String reference) {
        return "{\"lines\":[" + InventoryTest.line(productId, 1) + "],\"reference\":\"" + reference + "\"}";
    }
}
