package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Changes of stock levels by differences. */
class AdjustmentTest extends InventoryTest {

    @Test
    void allStockLevelsChangeAndTheProductsAreReturnedInOrder() {
        var products = Stream.of(product, newProduct(5), newProduct(7)).sorted().toList();
        var answer = adjust(delta(products.get(2), -1), delta(products.get(0), 10), delta(products.get(1), 2))
                .expect(200);

        assertThat(ids(answer)).isEqualTo(products);
        answer.json()
                .forEach(stored -> assertThat(client.get(
                                        "/inventory/" + stored.path("productId").asString())
                                .expect(200)
                                .json())
                        .isEqualTo(stored));
        var newest = client.get("/inventory/" + products.get(0) + "/movements")
                .expect(200)
                .json()
                .path(0);
        assertThat(newest.path("kind").asString()).isEqualTo("adjustment");
        assertThat(newest.path("stockDelta").asInt()).isEqualTo(10);
        assertThat(newest.path("reason").asString()).isEqualTo("counted");
        assertThat(newest.path("reference").asString()).isEqualTo("stocktake 1");
        assertThat(newest.has("caller")).isFalse();
        assertThat(newest.has("reservationId")).isFalse();
    }

    @Test
    void linesOfAProductAreSummedAndASumOfZeroChangesNothing() {
        var unchanged = newProduct(3);
        var before = client.get("/inventory/" + unchanged).expect(200);
        var answer = adjust(delta(product, 5), delta(unchanged, 4), delta(product, -2), delta(unchanged, -4))
                .expect(200);

        assertThat(ids(answer)).containsExactlyInAnyOrder(product, unchanged);
        assertStock(product, 23, 0);
        assertThat(movements(product)).containsExactly("adjustment", "opening");
        var after = client.get("/inventory/" + unchanged).expect(200);
        assertThat(after.json()).isEqualTo(before.json());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(movements(unchanged)).containsExactly("opening");
    }

    @Test
    void aShortageOfAnyProductChangesNothingAndNamesAllShortProducts() {
        var other = newProduct(4);
        var enough = newProduct(9);
        hold(product, 15);
        client.post("/inventory/" + other + "/reserve").expect(200);

        var problem = adjust(delta(product, -3), delta(other, -4), delta(enough, -9), delta(product, -3))
                .expectProblem(409, "stock-below-reserved")
                .json();

        assertThat(problem.path("shortages")
                        .valueStream()
                        .collect(Collectors.toMap(
                                shortage -> shortage.path("productId").asString(),
                                shortage -> List.of(
                                        shortage.path("available").asInt(),
                                        shortage.path("requested").asInt()))))
                .isEqualTo(Map.of(product, List.of(5, 6), other, List.of(3, 4)));
        assertStock(product, 20, 15);
        assertStock(other, 4, 1);
        assertStock(enough, 9, 0);
        adjust(delta(product, -5), delta(other, -3), delta(enough, -9)).expect(200);
        assertStock(product, 15, 15);
    }

    @Test
    void anUnknownProductChangesNothing() {
        adjust(delta(product, 1), delta("NOPE", 1)).expectProblem(404, "not-found");
        adjust(delta(product, -100), delta("NOPE", 0)).expectProblem(404, "not-found");
        assertStock(product, 20, 0);
    }

    @Test
    void aStockLevelAboveTheMaximumChangesNothingAndNamesTheLine() {
        var large = newProduct(1_000_000_000);
        var problem = adjust(delta(product, 1), delta(large, 1))
                .expectProblem(400, "validation-failed")
                .json();

        assertThat(problem.path("violations").path(0).path("pointer").asString())
                .isEqualTo("/lines/1/delta");
        assertStock(product, 20, 0);
        adjust(delta(large, -7), delta(large, 7)).expect(200);
        adjust(delta(product, 999_999_980)).expect(200);
        assertStock(product, 1_000_000_000, 0);
    }

    @Test
    void aDeliveryOf200ProductsIsOneChange() {
        var products = IntStream.range(0, 200).mapToObj(n -> newProduct(n)).toList();
        var lines = products.stream().map(id -> delta(id, 5)).toArray(String[]::new);
        var answer = adjust(lines).expect(200);

        assertThat(answer.json()).hasSize(200);
        assertThat(ids(answer)).isSorted().containsExactlyInAnyOrderElementsOf(products);
        assertThat(answer.json()
                        .valueStream()
                        .map(stored -> stored.path("lastUpdated"))
                        .distinct())
                .hasSize(1);
        products.forEach(id -> client.post("/inventory/" + id + "/reserve")
                .json("{\"quantity\":5}")
                .expect(200));
        var short200 = products.stream().map(id -> delta(id, -1000)).toArray(String[]::new);
        assertThat(adjust(short200)
                        .expectProblem(409, "stock-below-reserved")
                        .json()
                        .path("shortages"))
                .hasSize(200);
    }

    @Test
    void aProductMayHaveTheNameOfThePath() {
        client.get("/inventory/adjustments").expectProblem(404, "not-found");
        client.put("/inventory/adjustments").json("{\"stockLevel\":1}").expectProblem(404, "not-found");
        client.post("/inventory")
                .json("{\"productId\":\"adjustments\",\"name\":\"Test\",\"stockLevel\":3}")
                .expect(201);
        client.put("/inventory/adjustments").json("{\"stockLevel\":4}").expect(200);
        adjust(delta("adjustments", 1)).expect(200);
        client.post("/inventory/adjustments/reserve").expect(200);
        assertStock("adjustments", 5, 1);
        assertThat(movements("adjustments")).containsExactly("reserve", "adjustment", "adjustment", "opening");
    }

    @Test
    void anotherMethodIsRejectedWithTheMethodsOfBothOperations() {
        var answer = client.delete("/inventory/adjustments").expectProblem(405, "method-not-allowed");

        assertThat(answer.header("Allow").split(", ?")).contains("GET", "HEAD", "OPTIONS", "POST", "PUT");
        client.post("/inventory/" + product).json("{}").expectProblem(405, "method-not-allowed");
    }

    /** 64 clients adjust, hold, reserve, and undo what they have done. */
    @Test
    void nothingIsOversoldOrLostUnderLoad() throws Exception {
        var products = List.of(newProduct(30), newProduct(30), newProduct(30));
        var changes = Clients.simultaneously(64, i -> () -> changeStock(products, new Random(i)));

        products.forEach(productId -> {
            var stored = client.get("/inventory/" + productId).expect(200).json();
            assertThat(stored.path("stockLevel").asLong())
                    .isEqualTo(30
                            + changes.stream()
                                    .mapToLong(own -> own.get(productId))
                                    .sum());
            assertThat(stored.path("available").asLong()).isNotNegative();
        });
        quantitiesAddUp();
    }

    /** Returns the acknowledged change of each product's stock level. */
    private Map<String, Long> changeStock(List<String> products, Random random) {
        var changed = new HashMap<String, Long>();
        products.forEach(productId -> changed.put(productId, 0L));
        for (int n = 0; n < 12; n++) {
            var deltas = new ArrayList<Map.Entry<String, Long>>();
            products.forEach(productId -> deltas.add(Map.entry(productId, (long) random.nextInt(-6, 6))));
            Collections.shuffle(deltas, random);
            switch (random.nextInt(3)) {
                case 0 -> {
                    var answer = adjust(deltas.stream()
                                    .map(line -> delta(line.getKey(), line.getValue()))
                                    .toArray(String[]::new))
                            .send();
                    assertThat(answer.status()).as(answer.toString()).isIn(200, 409);
                    if (answer.status() == 200) {
                        deltas.forEach(line -> changed.merge(line.getKey(), line.getValue(), Long::sum));
                    }
                }
                case 1 -> {
                    var answer = client.post("/reservations")
                            .json(cart(deltas.stream()
                                    .map(line -> line(line.getKey(), 1))
                                    .toArray(String[]::new)))
                            .send();
                    assertThat(answer.status()).as(answer.toString()).isIn(201, 409);
                    if (answer.status() == 201) {
                        var confirm = random.nextBoolean();
                        client.post("/" + answer.header("Location") + (confirm ? "/confirm" : "/cancel"))
                                .expect(200);
                        deltas.forEach(line -> changed.merge(line.getKey(), confirm ? -1L : 0, Long::sum));
                    }
                }
                default -> {
                    var answer = client.post("/inventory/" + deltas.get(0).getKey() + "/reserve")
                            .send();
                    assertThat(answer.status()).as(answer.toString()).isIn(200, 409);
                }
            }
        }
        return changed;
    }

    private ContractClient.Call adjust(String... lines) {
        return client.post("/inventory/adjustments").json(adjustment(lines));
    }

    private List<String> movements(String productId) {
        return client.get("/inventory/" + productId + "/movements")
                .expect(200)
                .json()
                .valueStream()
                .map(movement -> movement.path("kind").asString())
                .toList();
    }

    private static List<String> ids(ContractClient.Answer products) {
        return products.json()
                .valueStream()
                .map(stored -> stored.path("productId").asString())
                .toList();
    }
}
