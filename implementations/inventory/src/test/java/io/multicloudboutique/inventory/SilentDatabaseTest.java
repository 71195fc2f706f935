package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.DatabaseRelay;
import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database whose connections stay open but no longer answer. */
class SilentDatabaseTest {

    @RegisterExtension
    static final RunningService inventory = RunningService.of(InventoryApplication.class, "inventory");

    private static final int CLIENTS = 24;

    private DatabaseRelay relay;
    private ContractClient client;

    @BeforeEach
    void connectThroughARelay() throws Exception {
        relay = new DatabaseRelay(inventory.database().url());
        inventory.restart("DATABASE_URL=" + relay.url());
        client = inventory.client();
        assertThat(requests()).as("opens all connections").allMatch(SilentDatabaseTest::succeeded);
    }

    @AfterEach
    void closeTheRelay() throws IOException {
        relay.close();
    }

    @Test
    void silentConnectionsAreReplacedAndTheirRequestsEndInTime() throws Exception {
        relay.silenceOpenConnections();

        assertThat(requests()).allMatch(answer -> succeeded(answer) || unavailable(answer));
        assertThat(requests()).allMatch(SilentDatabaseTest::succeeded);
    }

    @Test
    void idleConnectionsThatFellSilentAreReplacedBeforeTheyAreUsed() throws Exception {
        relay.silenceOpenConnections();
        var sinceTheLastUse = Duration.ofMillis(1100);
        await().pollDelay(sinceTheLastUse).until(() -> true);

        assertThat(requests()).allMatch(SilentDatabaseTest::succeeded);
    }

    @Test
    void aSilentDatabaseMakesRequestsUnavailableAndTheServiceRecovers() throws Exception {
        relay.fallSilent();

        assertThat(requests()).allMatch(SilentDatabaseTest::unavailable);
        Clients.simultaneously(5, i -> () -> client.get("/readyz").expect(503));
        client.get("/readyz").expect(503);
        client.get("/livez").expect(200);

        relay.speakAgain();
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> client.get("/readyz").expect(200));
        assertThat(requests()).allMatch(SilentDatabaseTest::succeeded);
    }

    /** Sends requests of each kind at the same time, and asserts that each one ends within five seconds. */
    private List<Answer> requests() throws Exception {
        return Clients.simultaneously(CLIENTS, i -> () -> {
            var begin = System.nanoTime();
            var answer = request(i).send();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as(answer.toString())
                    .isLessThan(Duration.ofSeconds(5));
            return answer;
        });
    }

    private ContractClient.Call request(int i) {
        return switch (i % 4) {
            case 0 -> client.get("/inventory?limit=5");
            case 1 -> client.get("/inventory/OLJCESPC7Z");
            case 2 -> client.get("/reservations");
            default -> client.put("/inventory/OLJCESPC7Z").json("{\"stockLevel\": " + (1000 + i) + "}");
        };
    }

    private static boolean succeeded(Answer answer) {
        return answer.status() == 200;
    }

    private static boolean unavailable(Answer answer) {
        return answer.status() == 503
                && answer.json().path("code").asString().equals("unavailable")
                && !answer.header("Retry-After").isEmpty();
    }
}
