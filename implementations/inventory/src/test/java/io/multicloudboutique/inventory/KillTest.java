package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.ServiceProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KillTest extends InventoryTest {

    private static final int ROUNDS = 5;

    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

    @Test
    void acknowledgedRequestsSurviveKillingTheProcessUnderLoad() throws Exception {
        acknowledgedRequestsSurvive(4, 40);
    }

    @Test
    @Tag("resilience")
    void aHundredThousandAcknowledgedRequestsSurviveKillingTheProcessUnderLoad() throws Exception {
        acknowledgedRequestsSurvive(16, 100_000 / ROUNDS);
    }

    /**
     * @param clientsOfAKind one kind reserves stock with keys, the other holds and confirms carts
     * @param reservesPerRound how many requests must have been acknowledged before each kill
     */
    private void acknowledgedRequestsSurvive(int clientsOfAKind, int reservesPerRound) throws Exception {
        var stock = newProduct(1_000_000);
        var other = newProduct(1_000_000);

        // A process starts while the previous one is under load, because most of the time passes in starting.
        var starter = Executors.newSingleThreadExecutor();
        try {
            var next = start(starter);
            for (int round = 0; round < ROUNDS; round++) {
                try (var process = next.get()) {
                    next = round + 1 < ROUNDS ? start(starter) : next;
                    killUnderLoad(process, stock, other, clientsOfAKind, reservesPerRound);
                }
            }
        } finally {
            starter.shutdown();
        }

        // A key is committed with the effect of its request, so the stored keys show which requests took effect.
        var stored = database
                .rows("SELECT key FROM inventory.idempotency_keys WHERE path = '/inventory/" + stock + "/reserve'")
                .stream()
                .map(row -> (String) row.get("key"))
                .toList();
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ROUNDS * reservesPerRound);
        assertThat(stored).containsAll(acknowledged);
        assertThat(stored.stream().filter(key -> !acknowledged.contains(key))).isSubsetOf(unanswered);
        assertThat(unassigned(stock)).isEqualTo(stored.size());

        // After the retries of the unanswered requests, each request has had exactly one effect.
        for (var key : unanswered) {
            reserve(client, stock, key).expect(200);
        }
        assertThat(unassigned(stock)).isEqualTo(acknowledged.size() + unanswered.size());

        assertThat(confirmed).hasSizeGreaterThan(ROUNDS * clientsOfAKind);
        assertThat(database
                        .rows(
                                "SELECT reservation_id::text AS id FROM inventory.reservations WHERE status = 'confirmed'")
                        .stream()
                        .map(row -> (String) row.get("id")))
                .containsAll(confirmed);
        quantitiesAddUp();
        movementsAddUp(database);
    }

    private Future<ServiceProcess> start(ExecutorService starter) {
        return starter.submit(() -> ServiceProcess.start(InventoryApplication.class, "inventory", database));
    }

    private void killUnderLoad(
            ServiceProcess process, String stock, String other, int clientsOfAKind, int reservesPerRound)
            throws Exception {
        var acknowledgedBefore = acknowledged.size();
        var confirmedBefore = confirmed.size();
        var killed = new AtomicBoolean();
        var clients = new ArrayList<Future<?>>();
        var pool = Executors.newFixedThreadPool(2 * clientsOfAKind);
        try {
            for (int i = 0; i < clientsOfAKind; i++) {
                clients.add(pool.submit(() -> reserveUntil(killed, process.client(), stock)));
                clients.add(pool.submit(() -> confirmCartsUntil(killed, process.client(), stock, other)));
            }
            Awaitility.await()
                    .atMost(Duration.ofMinutes(5))
                    .until(() -> acknowledged.size() >= acknowledgedBefore + reservesPerRound
                            && confirmed.size() >= confirmedBefore + 5 * clientsOfAKind);
            process.kill();
        } finally {
            killed.set(true);
            pool.shutdown();
            assertThat(pool.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
        for (var future : clients) {
            future.get(); // rethrows an unexpected failure of the client
        }
    }

    // A response with 503 acknowledges nothing: on a busy disk, a commit can take longer than the deadline of its
    // request.

    private void reserveUntil(AtomicBoolean killed, ContractClient client, String stock) {
        while (!killed.get()) {
            var key = UUID.randomUUID().toString();
            try {
                (succeeded(reserve(client, stock, key).send(), 200) ? acknowledged : unanswered).add(key);
            } catch (UncheckedIOException e) {
                unanswered.add(key);
                return;
            }
        }
    }

    private void confirmCartsUntil(AtomicBoolean killed, ContractClient client, String stock, String other) {
        var cart = cart(line(stock, 1), line(other, 2));
        while (!killed.get()) {
            try {
                var held = client.post("/reservations").json(cart).send();
                if (succeeded(held, 201)) {
                    var id = held.json().path("reservationId").asString();
                    if (succeeded(
                            client.post("/reservations/" + id + "/confirm").send(), 200)) {
                        confirmed.add(id);
                    }
                }
            } catch (UncheckedIOException e) {
                return;
            }
        }
    }

    private static boolean succeeded(Answer answer, int status) {
        assertThat(answer.status()).as(answer.toString()).isIn(status, 503);
        return answer.status() == status;
    }

    private static ContractClient.Call reserve(ContractClient client, String stock, String key) {
        return client.post("/inventory/" + stock + "/reserve").header("Idempotency-Key", key);
    }

    private long unassigned(String productId) {
        return (long)
                database.value("SELECT unassigned FROM inventory.products WHERE product_id = '" + productId + "'");
    }
}
