package io.multicloudboutique.inventory;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Concurrent changes of stock, which the service makes in batches. */
class StockLaneTest extends InventoryTest {

    /** The limit for requests that must not wait. It is well below the two seconds that a request waits for a locked product. */
    private static final Duration AT_ONCE = ofMillis(1500);

    private final ExecutorService clients = Executors.newCachedThreadPool();

    @AfterEach
    void endClients() {
        clients.shutdownNow();
    }

    @Test
    void requestsForALockedProductReturn503AndDelayNoRequestForOtherProducts() throws Exception {
        var other = newProduct(1000);
        var cart = cart(line(product, 1));
        try (var blocker = lock(product)) {
            var waiting = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 4; i++) {
                waiting.add(start(
                        () -> client.post("/inventory/" + product + "/reserve").send()));
                waiting.add(start(() -> client.post("/reservations").json(cart).send()));
            }
            awaitWaitForLock();

            var slowest = Clients.simultaneously(
                    8,
                    i -> () -> IntStream.range(0, 10)
                            .mapToObj(n -> StockLaneTest.duration(() -> {
                                client.post("/inventory/" + other + "/reserve").expect(200);
                                client.get("/inventory/" + product).expect(200);
                            }))
                            .max(Duration::compareTo)
                            .orElseThrow());

            assertThat(slowest).allSatisfy(duration -> assertThat(duration).isLessThan(AT_ONCE));
            for (var answer : waiting) {
                assertThat(answer.get().status()).as(answer.get().toString()).isEqualTo(503);
                assertThat(answer.get().header("Retry-After")).isEqualTo("1");
            }
            blocker.rollback();
        }
        client.post("/inventory/" + product + "/reserve").expect(200);
        assertStock(product, 20, 1);
        assertStock(other, 1000, 80);
    }

    @Test
    void refusedCartDoesNotDisturbTheOthersOfItsBatch() throws Exception {
        var popular = newProduct(1000);
        try (var blocker = lock(product)) {
            // While the lane waits for the locked product, the carts gather.
            var first = start(
                    () -> client.post("/inventory/" + product + "/reserve").send());
            awaitWaitForLock();
            var carts = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 30; i++) {
                var unavailable = List.of(line(product, 21), line("NOPE", 1), line(popular, 1001));
                var cart = i % 5 == 0 ? cart(line(popular, 1), unavailable.get(i % 3)) : cart(line(popular, 1));
                carts.add(start(() -> client.post("/reservations").json(cart).send()));
            }
            blocker.rollback();

            first.get().expected(200);
            for (int i = 0; i < 30; i++) {
                carts.get(i).get().expected(i % 5 != 0 ? 201 : i % 3 == 1 ? 404 : 409);
            }
        }
        assertStock(product, 20, 1);
        assertStock(popular, 1000, 24);
        assertThat(database.rows("SELECT DISTINCT r.xmin FROM inventory.reservations r"
                        + " JOIN inventory.reservation_lines USING (reservation_id) WHERE product_id = '" + popular
                        + "'"))
                .as("transactions that held the 24 carts")
                .hasSizeLessThan(24);
    }

    @Test
    void requestsBeyondTheBoundOfWaitingRequestsReturn503AtOnceWhileTheServiceStaysHealthy() throws Exception {
        // The bound counts the lines of carts: 40 carts of 50 lines can wait.
        var cart = cart(IntStream.range(0, 50)
                .mapToObj(n -> line(n == 0 ? product : "NOPE" + n, 1))
                .toArray(String[]::new));
        var rejected = new ConcurrentLinkedQueue<Answer>();
        try (var blocker = lock(product)) {
            var answers = new ArrayList<Future<Answer>>();
            for (int i = 0; i < 100; i++) {
                answers.add(start(() -> {
                    var answer = client.post("/reservations").json(cart).send();
                    if (answer.body().contains("Too many requests are waiting")) {
                        rejected.add(answer);
                    }
                    return answer;
                }));
            }
            await().atMost(ofSeconds(10)).until(() -> !rejected.isEmpty());
            assertThat(rejected).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.json().path("code").asString()).isEqualTo("unavailable");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            });
            assertThat(duration(() -> client.get("/health").expect(200))).isLessThan(AT_ONCE);
            assertThat(duration(() -> client.get("/readyz").expect(200))).isLessThan(AT_ONCE);
            blocker.rollback();

            for (var answer : answers) {
                assertThat(answer.get().status()).as(answer.get().toString()).isIn(404, 503);
            }
        }
        client.post("/inventory/" + product + "/reserve").expect(200);
        assertStock(product, 20, 1);
    }

    /** Locks a product in another transaction, as another instance of the service does. */
    private Connection lock(String productId) throws SQLException {
        var blocker = database.connect();
        blocker.setAutoCommit(false);
        blocker.createStatement()
                .execute("SELECT 1 FROM inventory.products WHERE product_id = '" + productId + "' FOR UPDATE");
        return blocker;
    }

    /**
     * Waits until a batch needs the locked product. Nothing else locks products meanwhile. The test does not ask whether
     * the session waits for a lock: on a distributed database, another server has the lock.
     */
    private void awaitWaitForLock() {
        await().until(() -> !database.rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'inventory' AND state = 'active'"
                        + " AND query LIKE '%FROM products%FOR UPDATE%'")
                .isEmpty());
    }

    private <T> Future<T> start(Callable<T> call) {
        return clients.submit(call);
    }

    private static Duration duration(Runnable call) {
        var start = System.nanoTime();
        call.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
