package io.multicloudboutique.inventory;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.CursorPromises;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReservationTest extends InventoryTest {

    @Test
    void reservationHoldsTheWholeCartAndCanBeReadAtItsLocation() {
        var other = newProduct(5);
        var held = client.post("/reservations")
                .json(cart(line(product, 3), line(other, 5), line(product, 1)))
                .expect(201);

        assertThat(held.json().path("status").asString()).isEqualTo("active");
        assertThat(held.json().path("lines")).hasSize(2);
        assertThat(client.get("/" + held.header("Location")).expect(200).json()).isEqualTo(held.json());
        assertStock(product, 20, 4);
        assertStock(other, 5, 5);
    }

    @Test
    void cartWithShortagesHoldsNothingAndReportsTheShortages() {
        var scarce = newProduct(1);
        var scarcer = newProduct(0);

        var problem = client.post("/reservations")
                .json(cart(line(product, 2), line(scarce, 2), line(scarcer, 1)))
                .expectProblem(409, "insufficient-stock")
                .json();

        assertThat(problem.path("shortages")
                        .valueStream()
                        .map(shortage -> shortage.path("productId").asString()))
                .containsExactlyInAnyOrder(scarce, scarcer);
        assertStock(product, 20, 0);
        assertStock(scarce, 1, 0);
    }

    @Test
    void cartWithAnUnknownProductReturns404() {
        client.post("/reservations")
                .json(cart(line(product, 1), line("NOPE", 1)))
                .expectProblem(404, "not-found");
        assertStock(product, 20, 0);
    }

    @Test
    void confirmingTwiceRemovesTheStockOnce() {
        var id = hold(product, 4);

        client.post("/reservations/" + id + "/confirm").expect(200);
        var again = client.post("/reservations/" + id + "/confirm").expect(200);

        assertThat(again.json().path("status").asString()).isEqualTo("confirmed");
        assertStock(product, 16, 0);
        var problem = client.post("/reservations/" + id + "/cancel").expectProblem(409, "reservation-not-active");
        assertThat(problem.json().path("reservationStatus").asString()).isEqualTo("confirmed");
        assertStock(product, 16, 0);
    }

    @Test
    void cancellingTwiceReleasesTheStockOnce() {
        var id = hold(product, 4);

        client.post("/reservations/" + id + "/cancel").expect(200);
        client.post("/reservations/" + id + "/cancel").expect(200);

        assertStock(product, 20, 0);
        var problem = client.post("/reservations/" + id + "/confirm").expectProblem(409, "reservation-not-active");
        assertThat(problem.json().path("reservationStatus").asString()).isEqualTo("cancelled");
    }

    @Test
    void releaseCannotReleaseTheStockOfAReservation() {
        hold(product, 6);
        client.post("/inventory/" + product + "/release").expectProblem(409, "release-exceeds-reserved");

        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":2}")
                .expect(200);
        client.post("/inventory/" + product + "/release")
                .json("{\"quantity\":3}")
                .expectProblem(409, "release-exceeds-reserved");
        client.post("/inventory/" + product + "/release")
                .json("{\"quantity\":2}")
                .expect(200);
        assertStock(product, 20, 6);
    }

    @Test
    void referenceIsUniqueUntilItsReservationIsCancelled() {
        var reference = "order-" + UUID.randomUUID();
        var first =
                holdFor(reference, 900).expect(201).json().path("reservationId").asString();

        holdFor(reference, 900).expectProblem(409, "reference-taken");
        client.post("/reservations/" + first + "/cancel").expect(200);
        var second =
                holdFor(reference, 900).expect(201).json().path("reservationId").asString();
        client.post("/reservations/" + second + "/confirm").expect(200);
        holdFor(reference, 900).expectProblem(409, "reference-taken");

        assertThat(client.get("/reservations?reference=" + reference)
                        .expect(200)
                        .json()
                        .valueStream()
                        .map(reservation -> reservation.path("reservationId").asString()))
                .containsExactly(second, first);
    }

    @Test
    void reservationKeepsItsFingerprint() {
        var reference = "order-" + UUID.randomUUID();
        var held = client.post("/reservations")
                .json("{\"lines\":[" + line(product, 1) + "],\"reference\":\"" + reference
                        + "\",\"fingerprint\":\"one-lamp\"}")
                .expect(201)
                .json();
        assertThat(held.path("fingerprint").asString()).isEqualTo("one-lamp");
        var path = "/reservations/" + held.path("reservationId").asString();
        assertThat(client.get(path).expect(200).json()).isEqualTo(held);
        var confirmed = client.post(path + "/confirm").expect(200).json();
        assertThat(confirmed.path("fingerprint").asString()).isEqualTo("one-lamp");
        assertThat(client.get("/reservations?reference=" + reference)
                        .expect(200)
                        .json())
                .containsExactly(confirmed);
    }

    @Test
    void onlyOneOfManyConcurrentReservationsWithTheSameReferenceSucceeds() throws Exception {
        var reference = "order-" + UUID.randomUUID();

        var statuses = Clients.simultaneously(
                16, i -> () -> holdFor(reference, 900).send().status());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(15);
        assertStock(product, 20, 1);
    }

    @Test
    void cartsInOppositeProductOrderDoNotDeadlockAndAreHeldWholeOrNotAtAll() throws Exception {
        var other = newProduct(20);
        var forward = cart(line(product, 1), line(other, 1));
        var reverse = cart(line(other, 1), line(product, 1));

        var statuses = Clients.simultaneously(
                40,
                i -> () -> client.post("/reservations")
                        .json(i % 2 == 0 ? forward : reverse)
                        .send()
                        .status());

        assertThat(statuses).filteredOn(status -> status == 201).hasSize(20);
        assertThat(statuses).filteredOn(status -> status == 409).hasSize(20);
        assertStock(product, 20, 20);
        assertStock(other, 20, 20);
    }

    @Test
    void onlyOneOfConcurrentConfirmAndCancelSucceeds() throws Exception {
        var id = hold(product, 4);

        var statuses = Clients.simultaneously(
                2,
                i -> () -> client.post("/reservations/" + id + (i == 0 ? "/confirm" : "/cancel"))
                        .send()
                        .status());

        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        assertStock(product, statuses.get(0) == 200 ? 16 : 20, 0);
    }

    @Test
    void expiredReservationReadsAsExpiredAndItsStockReturnsWithinSeconds() {
        var held = client.post("/reservations")
                .json("{\"lines\":[" + line(product, 5) + "],\"ttlSeconds\":1}")
                .expect(201);
        var path = "/reservations/" + held.json().path("reservationId").asString();

        await().atMost(ofSeconds(2)).until(() -> status(path).equals("expired"));
        assertThat(client.get(path).expect(200).header("ETag")).isNotEqualTo(held.header("ETag"));
        client.post(path + "/confirm").expectProblem(409, "reservation-not-active");
        await().atMost(ofSeconds(5)).untilAsserted(() -> assertStock(product, 20, 0));
    }

    @Test
    void expiredReservationDoesNotKeepItsReference() {
        var reference = "order-" + UUID.randomUUID();
        var first = "/reservations/"
                + holdFor(reference, 1).expect(201).json().path("reservationId").asString();

        await().atMost(ofSeconds(3)).until(() -> status(first).equals("expired"));
        holdFor(reference, 900).expect(201);
        assertStock(product, 20, 1);
    }

    /** A lock on the product keeps the expiry of the due reservation from being recorded. */
    @Test
    void listsByStatusCountAReservationThatIsDueAsExpired() throws Exception {
        var reference = "order-" + UUID.randomUUID();
        var cancelled = holdFor(reference, 900).expect(201).header("Location");
        client.post("/" + cancelled + "/cancel").expect(200);
        var confirmed = holdFor(reference, 900).expect(201).header("Location");
        client.post("/" + confirmed + "/confirm").expect(200);
        var active = hold(product, 1);
        var newer = hold(product, 1);
        var recorded = hold(product, 1);
        makeDue(recorded);
        await().until(() -> database.rows("SELECT 1 FROM inventory.reservations WHERE status = 'expired'"
                                + " AND reservation_id = '" + recorded + "'")
                        .size()
                == 1);
        try (var blocker = database.connect()) {
            blocker.setAutoCommit(false);
            var due = hold(product, 1);
            blocker.createStatement()
                    .execute("SELECT 1 FROM inventory.products WHERE product_id = '" + product + "' FOR UPDATE");
            makeDue(due);

            assertListed("active", "reservations/" + newer, "reservations/" + active);
            assertListed("confirmed", confirmed);
            assertListed("cancelled", cancelled);
            assertListed("expired", "reservations/" + due, "reservations/" + recorded);
            assertThat(locations("/reservations?status=confirmed&reference=" + reference))
                    .containsExactly(confirmed);
            assertThat(locations("/reservations?status=cancelled&reference=" + reference))
                    .containsExactly(cancelled);
            assertThat(locations("/reservations?status=expired&reference=" + reference))
                    .isEmpty();
            blocker.rollback();
        }
    }

    /** Checks that the list with this status has these reservations of the test's product in this order, and only this status. */
    private void assertListed(String status, String... expected) {
        var listed = client.allPages("/reservations?limit=2&status=" + status, "");
        assertThat(listed)
                .extracting(reservation -> reservation.path("status").asString())
                .containsOnly(status);
        assertThat(listed)
                .filteredOn(reservation ->
                        reservation.at("/lines/0/productId").asString().equals(product))
                .extracting(ReservationTest::location)
                .containsExactly(expected);
    }

    private List<String> locations(String list) {
        return client.get(list)
                .expect(200)
                .json()
                .valueStream()
                .map(ReservationTest::location)
                .toList();
    }

    private static String location(JsonNode reservation) {
        return "reservations/" + reservation.path("reservationId").asString();
    }

    @Test
    void aListByReferenceAndStatusHasOnlyWhatMatchesBoth() {
        var reference = "order-" + UUID.randomUUID();
        var expired = holdFor(reference, 900).expect(201).header("Location");
        makeDue(expired.substring(expired.indexOf('/') + 1));
        var active = holdFor(reference, 900).expect(201).header("Location");

        assertThat(locations("/reservations?status=active&reference=" + reference))
                .containsExactly(active);
        assertThat(locations("/reservations?status=expired&reference=" + reference))
                .containsExactly(expired);
        assertThat(locations("/reservations?status=confirmed&reference=" + reference))
                .isEmpty();
    }

    @Test
    void aCursorBelongsToTheStatusOfItsList() {
        var reference = "order-" + UUID.randomUUID();
        for (var status : List.of("active", "active", "confirmed", "confirmed", "cancelled", "cancelled")) {
            var held = holdFor(status.equals("cancelled") ? reference : "order-" + UUID.randomUUID(), 900)
                    .expect(201)
                    .header("Location");
            if (!status.equals("active")) {
                client.post("/" + held + (status.equals("confirmed") ? "/confirm" : "/cancel"))
                        .expect(200);
            }
        }
        var expired = new String[] {hold(product, 1), hold(product, 1)};
        makeDue(expired);
        var lists = List.of(
                "/reservations",
                "/reservations?status=active",
                "/reservations?status=confirmed",
                "/reservations?status=cancelled",
                "/reservations?status=expired",
                "/reservations?reference=" + reference,
                "/reservations?status=cancelled&reference=" + reference);
        CursorPromises.assertBoundToEach(client, lists);
    }

    @Test
    void eachStatusHasAnEntityTagOfItsOwn() {
        var tags = new HashSet<String>();
        var path = "/reservations/" + hold(product, 1);
        tags.add(tag(path));
        client.post(path + "/extend").json("{\"ttlSeconds\":3600}").expect(200);
        tags.add(tag(path));
        client.post(path + "/confirm").expect(200);
        tags.add(tag(path));
        client.post(path + "/return").expect(200);
        tags.add(tag(path));
        assertThat(tags).hasSize(4);

        var expiring = hold(product, 1);
        var before = tag("/reservations/" + expiring);
        makeDue(expiring);
        var due = tag("/reservations/" + expiring);
        assertThat(due).isNotEqualTo(before);
        await().untilAsserted(() -> assertStock(product, 20, 0));
        assertThat(tag("/reservations/" + expiring))
                .as("the expiry may be recorded, but reads the same")
                .isEqualTo(due);
    }

    private String tag(String path) {
        return client.get(path).expect(200).header("ETag");
    }

    @Test
    void unknownReservationReturns404() {
        var unknown = "/reservations/" + UUID.randomUUID();
        client.get(unknown).expectProblem(404, "not-found");
        client.post(unknown + "/confirm").expectProblem(404, "not-found");
        client.post(unknown + "/cancel").expectProblem(404, "not-found");
    }

    private String status(String path) {
        return client.get(path).expect(200).json().path("status").asString();
    }

    private ContractClient.Call holdFor(String reference, int seconds) {
        return client.post("/reservations")
                .json("{\"lines\":[" + line(product, 1) + "],\"reference\":\"" + reference + "\",\"ttlSeconds\":"
                        + seconds + "}");
    }
}
