package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ServiceProcess;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class KillTest extends InventoryTest {

    private static final int CLIENTS = 8;

    @Test
    void acknowledgedRequestsSurviveKillingTheProcessUnderLoad() throws Exception {
        var stock = newProduct(1_000_000);
        var acknowledged = ConcurrentHashMap.<String>newKeySet();
        var unanswered = ConcurrentHashMap.<String>newKeySet();

        for (int round = 0; round < 5; round++) {
            killUnderLoad(stock, acknowledged, unanswered);
        }

        // A key is committed with the effect of its request, so the stored keys show which requests took effect.
        var stored = database
                .rows("SELECT key FROM inventory.idempotency_keys WHERE path = '/inventory/" + stock + "/reserve'")
                .stream()
                .map(row -> (String) row.get("key"))
                .toList();
        assertThat(acknowledged).hasSizeGreaterThan(5 * CLIENTS);
        assertThat(stored).containsAll(acknowledged);
        assertThat(stored.stream().filter(key -> !acknowledged.contains(key))).isSubsetOf(unanswered);
        assertStock(stock, 1_000_000, stored.size());

        // After the retries of the unanswered requests, each request has had exactly one effect.
        for (var key : unanswered) {
            reserve(client, stock, key).expect(200);
        }
        assertStock(stock, 1_000_000, acknowledged.size() + unanswered.size());
    }

    private void killUnderLoad(String stock, Set<String> acknowledged, Set<String> unanswered) throws Exception {
        var before = acknowledged.size();
        var killed = new AtomicBoolean();
        var clients = new ArrayList<Future<?>>();
        var pool = Executors.newFixedThreadPool(CLIENTS);
        try (var process = ServiceProcess.start(InventoryApplication.class, "inventory", database)) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(pool.submit(() -> {
                    while (!killed.get()) {
                        var key = UUID.randomUUID().toString();
                        try {
                            reserve(process.client(), stock, key).expect(200);
                            acknowledged.add(key);
                        } catch (UncheckedIOException e) {
                            unanswered.add(key);
                            return;
                        }
                    }
                }));
            }
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() >= before + 10 * CLIENTS);
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

    private static ContractClient.Call reserve(ContractClient client, String stock, String key) {
        return client.post("/inventory/" + stock + "/reserve").header("Idempotency-Key", key);
    }
}
