package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ServiceProcess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * Reservations that have passed their expiry time, before the periodic task expires them. Two instances of the service
 * share the database.
 */
class ExpiredHoldTest extends InventoryTest {

    private static ServiceProcess second;

    @BeforeAll
    static void startSecondInstance() {
        second = ServiceProcess.start(InventoryApplication.class, "inventory", inventory.database());
    }

    @AfterAll
    static void endSecondInstance() {
        second.close();
    }

    @RepeatedTest(3) // the periodic task may be faster
    void theNextReserveGetsTheStockAtOnce() {
        makeDue(hold(product, 20));

        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":20}")
                .expect(200);

        assertStock(product, 20, 20);
    }

    @RepeatedTest(3)
    void theNextCartGetsTheStockOfSeveralExpiredCartsAtOnce() {
        var other = newProduct(5);
        var cart = cart(line(product, 10), line(other, 5));
        var held = client.post("/reservations").json(cart).expect(201);
        makeDue(
                held.json().path("reservationId").asString(),
                hold(product, 10),
                hold(newProduct(1), 1)); // whose stock the cart does not need

        client.post("/reservations")
                .json(cart(line(product, 20), line(other, 5)))
                .expect(201);

        assertStock(product, 20, 20);
        assertStock(other, 5, 5);
        assertThat(client.get("/" + held.header("Location"))
                        .expect(200)
                        .json()
                        .path("status")
                        .asString())
                .isEqualTo("expired");
    }

    @RepeatedTest(3)
    void theStockLevelCanBeSetBelowTheExpiredQuantityAtOnce() {
        makeDue(hold(product, 20));

        client.put("/inventory/" + product).json("{\"stockLevel\":0}").expect(200);

        assertStock(product, 0, 0);
    }

    @RepeatedTest(3)
    void theNextAdjustmentTakesTheStockOfSeveralExpiredCartsAtOnce() {
        var other = newProduct(5);
        makeDue(hold(product, 20), hold(other, 5));

        client.post("/inventory/adjustments")
                .json(adjustment(delta(product, -20), delta(other, -5)))
                .expect(200);

        assertStock(product, 0, 0);
        assertStock(other, 0, 0);
    }

    @RepeatedTest(3)
    void aProductWhoseReservationHasExpiredCanBeArchivedAtOnce() {
        makeDue(hold(product, 20));

        client.put("/inventory/" + product).json("{\"archived\":true}").expect(200);
    }

    @Test
    void aRequestGetsTheStockOfAnyNumberOfExpiredHolds() throws Exception {
        var popular = newProduct(250);
        var holds = Clients.simultaneously(
                10,
                i -> () ->
                        IntStream.range(0, 25).mapToObj(n -> hold(popular, 1)).toList());
        makeDue(holds.stream().flatMap(List::stream).toArray(String[]::new));

        client.post("/inventory/" + popular + "/reserve")
                .json("{\"quantity\":250}")
                .expect(200);

        assertStock(popular, 250, 250);
    }

    @Test
    void stockOfActiveHoldsIsNotGivenAway() {
        makeDue(hold(product, 5));
        hold(product, 15);

        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":6}")
                .expectProblem(409, "insufficient-stock");
        client.post("/inventory/adjustments")
                .json(adjustment(delta(product, -6)))
                .expectProblem(409, "stock-below-reserved");
        client.put("/inventory/" + product).json("{\"archived\":true}").expectProblem(409, "product-reserved");
        client.post("/reservations")
                .json(cart(line(product, 5), line("NOPE", 1)))
                .expectProblem(404, "not-found");
        client.post("/reservations").json(cart(line(product, 6))).expectProblem(409, "insufficient-stock");
        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":5}")
                .expect(200);
    }

    @Test
    void aKeyedRequestThatWaitsForTheExpiryTakesEffectOnce() {
        var key = UUID.randomUUID().toString();
        makeDue(hold(product, 20));
        var answers = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            answers.add(client.post("/reservations")
                    .header("Idempotency-Key", key)
                    .json(cart(line(product, 20)))
                    .expect(201)
                    .body());
        }

        assertThat(answers.get(1)).isEqualTo(answers.get(0));
        assertStock(product, 20, 20);
    }

    @RepeatedTest(5)
    void exactlyOneOfManySimultaneousRequestsGetsTheExpiredStock() throws Exception {
        makeDue(hold(product, 12), hold(product, 8));

        var statuses = Clients.simultaneously(16, i -> () -> {
            var instance = i % 2 == 0 ? client : second.client();
            return i % 4 < 2
                    ? instance.post("/inventory/" + product + "/reserve")
                            .json("{\"quantity\":20}")
                            .send()
                            .status()
                    : instance.post("/reservations")
                            .json(cart(line(product, 20)))
                            .send()
                            .status();
        });

        assertThat(statuses)
                .filteredOn(status -> status == 200 || status == 201)
                .hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
        assertStock(product, 20, 20);
    }

    /** Carts with the same products in any order expire, are confirmed, cancelled and held again all the time. */
    @Test
    void holdsThatExpireUnderLoadNeitherDeadlockNorLoseStock() throws Exception {
        var products = List.of(newProduct(6), newProduct(6), newProduct(6));
        var statuses = Clients.simultaneously(8, i -> () -> {
            var random = new Random(i);
            var counts = new HashMap<Integer, Integer>();
            for (int n = 0; n < 60; n++) {
                var instance = random.nextBoolean() ? client : second.client();
                var lines = new ArrayList<String>();
                products.forEach(id -> lines.add(line(id, 1 + random.nextInt(2))));
                Collections.shuffle(lines, random);
                var held = instance.post("/reservations")
                        .json(cart(lines.subList(0, 1 + random.nextInt(3)).toArray(String[]::new)))
                        .send();
                counts.merge(held.status(), 1, Integer::sum);
                if (held.status() == 201) {
                    var id = held.json().path("reservationId").asString();
                    if (random.nextInt(4) == 0) {
                        counts.merge(
                                instance.post("/reservations/" + id + "/cancel")
                                        .send()
                                        .status(),
                                1,
                                Integer::sum);
                    } else {
                        makeDue(id);
                    }
                }
            }
            return counts;
        });

        assertThat(statuses).allSatisfy(counts -> assertThat(counts.keySet()).isSubsetOf(200, 201, 409));
        products.forEach(id -> client.post("/inventory/" + id + "/reserve")
                .json("{\"quantity\":6}")
                .expect(200));
    }
}
