package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.Preconditions;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Goods of confirmed reservations that return to the stock. */
class ReturnTest extends InventoryTest {

    private String other;
    private String reference;

    /** The path of a confirmed reservation of 4 of the product and 2 of the other one. */
    private String confirmed;

    @BeforeEach
    void confirmAReservation() {
        other = newProduct(20);
        reference = "order-" + UUID.randomUUID();
        confirmed = "/"
                + client.post("/reservations")
                        .json("{\"lines\":[" + line(product, 4) + "," + line(other, 2) + "],\"reference\":\""
                                + reference + "\"}")
                        .expect(201)
                        .header("Location");
        client.post(confirmed + "/confirm").expect(200);
    }

    @Test
    void withoutABodyAllLinesAreReturnedOnce() {
        var before = client.get(confirmed).expect(200);
        assertThat(before.json().has("returnedLines")).isFalse();

        var returned = client.post(confirmed + "/return").expect(200);

        assertThat(returned.json().path("status").asString()).isEqualTo("confirmed");
        assertThat(returned.json().path("returnedLines"))
                .isEqualTo(returned.json().path("lines"));
        assertStock(product, 20, 0);
        assertStock(other, 20, 0);
        for (var again : List.of("{}", cart(line(product, 4), line(other, 2)))) {
            var answer = give(confirmed, again).expect(200);
            assertThat(answer.body()).isEqualTo(returned.body());
            assertThat(answer.header("ETag")).isEqualTo(returned.header("ETag"));
        }
        assertStock(product, 20, 0);
        var movement = client.get("/inventory/" + product + "/movements?limit=1")
                .expect(200)
                .json()
                .get(0);
        assertThat(movement.path("kind").asString()).isEqualTo("return");
        assertThat(movement.path("stockDelta").asLong()).isEqualTo(4);
        assertThat(movement.path("reservedDelta").asLong()).isZero();
        assertThat(movement.path("reservationId")).isEqualTo(returned.json().path("reservationId"));
    }

    @Test
    void aPartIsReturnedAndLinesForTheSameProductAreSummed() {
        var returned = give(confirmed, cart(line(product, 1), line(product, 2)))
                .expect(200)
                .json();

        assertReturned(returned, product, 3);
        assertStock(product, 19, 0);
        assertStock(other, 18, 0);
        assertThat(give(confirmed, cart(line(product, 3))).expect(200).json()).isEqualTo(returned);
        assertStock(product, 19, 0);
    }

    @Test
    void everyRepresentationHasTheReturnedLines() {
        var before = client.get(confirmed).expect(200);
        var returned = give(confirmed, cart(line(other, 1))).expect(200);

        assertReturned(returned.json(), other, 1);
        var read = client.get(confirmed).expect(200);
        assertThat(read.json()).isEqualTo(returned.json());
        assertThat(read.header("ETag")).isEqualTo(returned.header("ETag")).isNotEqualTo(before.header("ETag"));
        Preconditions.assertIfNoneMatch(client, confirmed);
        assertThat(client.post(confirmed + "/confirm").expect(200).json()).isEqualTo(returned.json());
        for (var filter : List.of("reference=" + reference, "reference=" + reference + "&status=confirmed")) {
            assertThat(client.get("/reservations?" + filter).expect(200).json()).containsExactly(returned.json());
        }
        assertThat(client.get("/reservations?status=confirmed").expect(200).json())
                .contains(returned.json());
        assertStock(other, 19, 0);
    }

    @Test
    void otherQuantitiesThanTheReturnedOnesAreRejected() {
        var returned = give(confirmed, cart(line(product, 1))).expect(200);

        for (var others :
                List.of("{}", cart(line(product, 2)), cart(line(other, 1)), cart(line(product, 1), line(other, 1)))) {
            give(confirmed, others).expectProblem(409, "already-returned");
        }
        client.post(confirmed + "/return").expectProblem(409, "already-returned");
        client.post(confirmed + "/cancel").expectProblem(409, "reservation-not-active");

        assertThat(client.get(confirmed).expect(200).json()).isEqualTo(returned.json());
        assertStock(product, 17, 0);
        assertStock(other, 18, 0);
    }

    @Test
    void moreThanTheReservationHasIsRejectedWithThePlaceOfTheLine() {
        assertViolation(cart(line(product, 1), line("NOPE", 1)), "/lines/1/productId");
        assertViolation(cart(line(product, 1), line(newProduct(9), 1)), "/lines/1/productId");
        assertViolation(cart(line(product, 1), line(other, 3)), "/lines/1/quantity");
        assertViolation(cart(line(other, 1), line(product, 4), line(other, 2)), "/lines/2/quantity");

        assertThat(client.get(confirmed).expect(200).json().has("returnedLines"))
                .isFalse();
        assertStock(product, 16, 0);
        assertStock(other, 18, 0);
    }

    @Test
    void onlyAConfirmedReservationCanBeReturned() {
        var active = hold(product, 1);
        var cancelled = hold(product, 1);
        client.post("/reservations/" + cancelled + "/cancel").expect(200);
        var expired = hold(product, 1);
        makeDue(expired);

        assertNotConfirmed(active, "active");
        assertNotConfirmed(cancelled, "cancelled");
        assertNotConfirmed(expired, "expired");

        client.post("/reservations/" + UUID.randomUUID() + "/return").expectProblem(404, "not-found");
        client.post("/reservations/" + active + "/confirm").expect(200);
        client.post("/reservations/" + active + "/return").expect(200);
        await().untilAsserted(() -> assertStock(product, 16, 0));
    }

    @Test
    void theStockLevelCannotRiseAboveItsMaximum() {
        client.put("/inventory/" + other).json("{\"stockLevel\":999999999}").expect(200);

        assertViolation("{}", "");

        assertStock(product, 16, 0);
        assertStock(other, 999_999_999, 0);
        give(confirmed, cart(line(product, 4), line(other, 1))).expect(200);
        assertStock(product, 20, 0);
        assertStock(other, 1_000_000_000, 0);
    }

    private void assertNotConfirmed(String id, String status) {
        var problem = client.post("/reservations/" + id + "/return").expectProblem(409, "reservation-not-confirmed");
        assertThat(problem.json().path("reservationStatus").asString()).isEqualTo(status);
    }

    private void assertViolation(String body, String pointer) {
        var problem = give(confirmed, body).expectProblem(400, "validation-failed");
        assertThat(problem.json().at("/violations/0/pointer").asString())
                .as(problem.toString())
                .isEqualTo(pointer);
    }

    private static void assertReturned(JsonNode reservation, String productId, long quantity) {
        assertThat(reservation.path("returnedLines")).hasSize(1);
        assertThat(reservation.at("/returnedLines/0/productId").asString()).isEqualTo(productId);
        assertThat(reservation.at("/returnedLines/0/quantity").asLong()).isEqualTo(quantity);
    }

    private ContractClient.Call give(String path, String body) {
        return client.post(path + "/return").json(body);
    }
}
