package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Reservations that hold their stock for longer than their creator has first asked for. */
class ExtensionTest extends InventoryTest {

    private static final Pattern POSSIBLE = Pattern.compile("must be at most (\\d+) now");

    @Test
    void anExtendedReservationHoldsItsStockFromNowOn() {
        var path = "/reservations/" + hold(product, 3);
        var before = client.get(path).expect(200);
        var sent = Instant.now();

        var extended = extend(client, path, 3600).expect(200);

        assertThat(expiresAt(extended.json()))
                .isBetween(sent.plusSeconds(3600 - 1), Instant.now().plusSeconds(3601));
        assertThat(extended.json().path("status").asString()).isEqualTo("active");
        assertThat(extended.json().path("createdAt")).isEqualTo(before.json().path("createdAt"));
        assertThat(client.get(path).expect(200).json()).isEqualTo(extended.json());
        assertThat(extended.header("ETag")).isNotEqualTo(before.header("ETag"));
        client.get(path).header("If-None-Match", before.header("ETag")).expect(200);
        client.get(path).header("If-None-Match", extended.header("ETag")).expect(304);
        assertStock(product, 20, 3);
        client.post(path + "/confirm").expect(200);
        assertStock(product, 17, 0);
    }

    @Test
    void aShorterTimeThanTheRestChangesNothing() {
        var path = "/reservations/" + hold(product, 3);
        var before = client.get(path).expect(200);

        var answer = extend(client, path, 60).expect(200);

        assertThat(answer.json()).isEqualTo(before.json());
        assertThat(answer.header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void aReservationLastsAtMostOneDay() {
        var id = hold(product, 3);
        var path = "/reservations/" + id;
        database.execute("UPDATE inventory.reservations SET created_at = now() - interval '23 hours'"
                + " WHERE reservation_id = '" + id + "'");

        var possible = POSSIBLE.matcher(violation(extend(client, path, 86400)));
        assertThat(possible.find()).isTrue();
        var seconds = Integer.parseInt(possible.group(1));
        assertThat(seconds).isBetween(3500, 3600);
        assertThat(violation(extend(client, path, seconds + 1))).containsPattern(POSSIBLE);
        var extended = extend(client, path, seconds - 60).expect(200).json();
        assertThat(expiresAt(extended)).isBefore(createdAt(extended).plus(Duration.ofDays(1)));
    }

    @Test
    void aReservationThatLastsOneDayCannotBeExtended() {
        var id = hold(product, 3);
        database.execute("UPDATE inventory.reservations SET created_at = now() - interval '23:59:59.9'"
                + " WHERE reservation_id = '" + id + "'");

        assertThat(violation(extend(client, "/reservations/" + id, 1)))
                .isEqualTo("cannot extend the reservation any more, because it already lasts one day, the longest"
                        + " possible time");
    }

    @Test
    void aReservationThatHasEndedCannotBeExtended() {
        for (var end : new String[] {"confirm", "cancel"}) {
            var path = "/reservations/" + hold(product, 3);
            var ended = client.post(path + "/" + end).expect(200);

            var problem = extend(client, path, 3600).expectProblem(409, "reservation-not-active");

            assertThat(problem.json().path("reservationStatus"))
                    .isEqualTo(ended.json().path("status"));
            assertThat(client.get(path).expect(200).json()).isEqualTo(ended.json());
        }
        extend(client, "/reservations/" + UUID.randomUUID(), 3600).expectProblem(404, "not-found");
    }

    @RepeatedTest(3) // the periodic task may be faster
    void aReservationThatIsDueCannotBeExtended() {
        var id = hold(product, 20);
        makeDue(id);

        var problem = extend(client, "/reservations/" + id, 3600).expectProblem(409, "reservation-not-active");

        assertThat(problem.json().path("reservationStatus").asString()).isEqualTo("expired");
        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":20}")
                .expect(200);
    }

    /** The expiry finds that a reservation is due, but waits for its lock: another instance has just extended it. */
    @Test
    void anExpiryThatWasDecidedEarlierDoesNotEndAnExtendedReservation() throws Exception {
        var path = "/"
                + client.post("/reservations")
                        .json("{\"lines\":[" + line(product, 3) + "],\"ttlSeconds\":1}")
                        .expect(201)
                        .header("Location");
        try (var otherInstance = database.connect()) {
            otherInstance.setAutoCommit(false);
            assertThat(otherInstance
                            .createStatement()
                            .executeUpdate("UPDATE inventory.reservations SET expires_at = now() + interval '1 hour',"
                                    + " changes = 1 WHERE status = 'active' AND reservation_id = '"
                                    + path.substring(path.lastIndexOf('/') + 1) + "'"))
                    .isEqualTo(1);
            // Not the wait for a lock, which a distributed database has on another server.
            await().until(() -> !sessions("state = 'active' AND query LIKE '%FROM reservations%FOR UPDATE%'")
                    .isEmpty());
            otherInstance.commit();
        }
        await().until(() -> sessions("state <> 'idle'").isEmpty());

        assertThat(client.get(path).expect(200).json().path("status").asString())
                .isEqualTo("active");
        assertStock(product, 20, 3);
    }

    @Test
    void ofConcurrentExtensionsTheLongestRemains() throws Exception {
        var path = "/reservations/" + hold(product, 3);

        var extended = Clients.simultaneously(
                16, i -> () -> extend(client, path, 1000 + 100 * i).expect(200));

        var last = client.get(path).expect(200);
        assertThat(expiresAt(last.json()))
                .isEqualTo(extended.stream()
                        .map(answer -> expiresAt(answer.json()))
                        .max(Instant::compareTo)
                        .orElseThrow());
        assertThat(extended)
                .filteredOn(answer -> answer.header("ETag").equals(last.header("ETag")))
                .allSatisfy(answer -> assertThat(answer.body()).isEqualTo(last.body()));
    }

    private List<?> sessions(String condition) {
        return database.rows("SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'inventory' AND " + condition);
    }

    static ContractClient.Call extend(ContractClient client, String path, int seconds) {
        return client.post(path + "/extend").json("{\"ttlSeconds\":" + seconds + "}");
    }

    private static String violation(ContractClient.Call call) {
        var violation = call.expectProblem(400, "validation-failed").json().at("/violations/0");
        assertThat(violation.path("pointer").asString()).isEqualTo("/ttlSeconds");
        return violation.path("message").asString();
    }

    static Instant expiresAt(JsonNode reservation) {
        return OffsetDateTime.parse(reservation.path("expiresAt").asString()).toInstant();
    }

    private static Instant createdAt(JsonNode reservation) {
        return OffsetDateTime.parse(reservation.path("createdAt").asString()).toInstant();
    }
}
