package io.multicloudboutique.inventory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.Clients;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clients that close their connection while their request is at work. */
class CancellationTest extends InventoryTest {

    private static final int CLIENTS = 24;
    private static final int REQUESTS_PER_CLIENT = 25;
    private static final int MAX_DELAY_MILLIS = 30;

    @Test
    void abandonedRequestsTakeEffectWholeOrNotAtAllAndKeepNoTransactionOpen() throws Exception {
        var popular = newProduct(1_000_000);
        var other = newProduct(1_000_000);
        var reserveKeys =
                Clients.simultaneously(CLIENTS, i -> () -> abandonRequests(popular, other, new Random(i))).stream()
                        .flatMap(List::stream)
                        .toList();

        // The requests that wait in the queues are still answered.
        await().atMost(ofSeconds(5))
                .untilAsserted(() -> assertThat(database.rows(
                                "SELECT state, query FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND application_name = 'inventory' AND state <> 'idle'"))
                        .as("connections at work")
                        .isEmpty());

        // A connection that is still inside a transaction would return the time at which the transaction began.
        var sent = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var holds = Clients.simultaneously(
                CLIENTS,
                i -> () -> client.post("/reservations")
                        .json("{\"lines\":[" + line(popular, 1) + "],\"ttlSeconds\":2}")
                        .expect(201)
                        .json());
        assertThat(holds).allSatisfy(hold -> {
            assertThat(time(hold, "createdAt")).isBetween(sent, Instant.now());
            assertThat(time(hold, "expiresAt"))
                    .isEqualTo(time(hold, "createdAt").plusSeconds(2));
            assertThat(hold.path("status").asString()).isEqualTo("active");
        });
        var reads = Clients.simultaneously(
                CLIENTS, i -> () -> client.get("/reservations?limit=1").expect(200));
        assertThat(reads).hasSize(CLIENTS);

        // A retry takes effect unless the abandoned request did.
        for (var key : reserveKeys) {
            client.post("/inventory/" + popular + "/reserve")
                    .header("Idempotency-Key", key)
                    .expect(200);
        }
        assertThat(database.value("SELECT unassigned FROM inventory.products WHERE product_id = '" + popular + "'"))
                .isEqualTo((long) reserveKeys.size());
        quantitiesAddUp();
        assertThat(database.rows("""
                        SELECT reservation_id FROM inventory.reservations r
                        WHERE (SELECT count(*) FROM inventory.reservation_lines l
                            WHERE l.reservation_id = r.reservation_id) NOT IN (1, 2)
                        """)).as("reservations without lines").isEmpty();
    }

    private static Instant time(JsonNode reservation, String field) {
        return OffsetDateTime.parse(reservation.path(field).asString()).toInstant();
    }

    /** Sends requests, leaves each one after a random time, and returns the keys of the requests that reserve stock. */
    private static List<String> abandonRequests(String productId, String other, Random random) throws IOException {
        var keys = new ArrayList<String>();
        for (int n = 0; n < REQUESTS_PER_CLIENT; n++) {
            var path = "/inventory/" + productId;
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    var key = UUID.randomUUID().toString();
                    keys.add(key);
                    abandon("POST " + path + "/reserve", "Idempotency-Key: " + key, "", random);
                }
                case 2 -> abandon("POST /reservations", "", cart(line(productId, 1), line(other, 2)), random);
                case 3 -> abandon("PUT " + path, "", "{\"stockLevel\":" + (1_000_000 + n) + "}", random);
                case 4 -> abandon("GET " + path, "", "", random);
                default -> abandon("GET " + (random.nextBoolean() ? "/inventory" : "/reservations"), "", "", random);
            }
        }
        return keys;
    }

    /** Sends a request, and closes the connection after a random time or when the response begins. */
    private static void abandon(String methodAndPath, String header, String body, Random random) throws IOException {
        var head = Stream.of(
                        methodAndPath + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Length: " + body.length(),
                        body.isEmpty() ? "" : "Content-Type: application/json",
                        header)
                .filter(line -> !line.isEmpty())
                .toList();
        var url = inventory.url();
        try (var socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write((String.join("\r\n", head) + "\r\n\r\n" + body).getBytes(UTF_8));
            socket.setSoTimeout(1 + random.nextInt(MAX_DELAY_MILLIS));
            socket.getInputStream().read();
        } catch (SocketTimeoutException e) {
            // The request is still at work, and the connection is closed now.
        }
    }
}
