package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.ContractClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ArchivedProductTest extends InventoryTest {

    @AfterEach
    void theTotalCountsTheProductsThatAreNotArchived() {
        assertThat(total(""))
                .isEqualTo(database.value("SELECT count(*) FROM inventory.products WHERE archived_at IS NULL"));
        assertThat(total("?archived=true"))
                .isEqualTo(database.value("SELECT count(*) FROM inventory.products WHERE archived_at IS NOT NULL"));
    }

    @Test
    void anArchivedProductIsNotListedAndCanStillBeReadChangedAndAdjusted() {
        var listed = total("");
        var archived = archive(true).expect(200);

        assertThat(archived.json().path("archivedAt")).isEqualTo(archived.json().path("lastUpdated"));
        assertThat(client.get("/inventory/" + product).expect(200).json()).isEqualTo(archived.json());
        assertThat(total("")).isEqualTo(listed - 1);
        assertThat(isListed("")).isFalse();
        assertThat(isListed("?archived=true")).isTrue();
        client.put("/inventory/" + product)
                .json("{\"stockLevel\":21,\"name\":\"Old\"}")
                .expect(200);
        var adjusted = client.post("/inventory/adjustments")
                .json(adjustment(delta(product, -1)))
                .expect(200)
                .json()
                .path(0);
        assertThat(adjusted.path("stockLevel").asInt()).isEqualTo(20);
        assertThat(adjusted.path("archivedAt")).isEqualTo(archived.json().path("archivedAt"));
        assertThat(client.get("/inventory/" + product + "/movements")
                        .expect(200)
                        .json())
                .hasSize(3);
    }

    @Test
    void anArchivedProductCannotBeReservedOrHeldUntilItIsRestored() {
        archive(true).expect(200);
        var other = newProduct(5);

        var reserve = client.post("/inventory/" + product + "/reserve")
                .expectProblem(409, "product-archived")
                .json();
        var hold = client.post("/reservations")
                .json(cart(line(other, 1), line(product, 1)))
                .expectProblem(409, "product-archived")
                .json();

        assertThat(reserve.path("productId").asString()).isEqualTo(product);
        assertThat(hold.path("productId").asString()).isEqualTo(product);
        assertStock(product, 20, 0);
        assertStock(other, 5, 0);
        assertThat(archive(false).expect(200).json().has("archivedAt")).isFalse();
        assertThat(isListed("")).isTrue();
        client.post("/inventory/" + product + "/reserve").expect(200);
        hold(product, 1);
    }

    @Test
    void archivingOrRestoringAgainChangesNothing() {
        var fresh = client.get("/inventory/" + product).expect(200);
        var restored = archive(false).expect(200);
        assertThat(restored.json()).isEqualTo(fresh.json());
        assertThat(restored.header("ETag")).isEqualTo(fresh.header("ETag"));

        var first = archive(true).expect(200);
        var second = archive(true).expect(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag")).isNotEqualTo(fresh.header("ETag"));
    }

    @Test
    void aReservedProductCannotBeArchived() {
        client.post("/inventory/" + product + "/reserve").expect(200);
        archive(true).expectProblem(409, "product-reserved");
        client.post("/inventory/" + product + "/release").expect(200);
        var held = hold(product, 2);
        var problem = archive(true).expectProblem(409, "product-reserved").json();
        assertThat(problem.path("detail").asString()).contains(product, "is 2");
        client.post("/reservations/" + held + "/cancel").expect(200);
        archive(true).expect(200);
    }

    @Test
    void aMatchingVersionIsRequired() {
        var tag = client.get("/inventory/" + product).expect(200).header("ETag");
        client.post("/inventory/" + product + "/reserve").expect(200);
        client.post("/inventory/" + product + "/release").expect(200);
        archive(true).header("If-Match", tag).expectProblem(412, "precondition-failed");
        assertThat(isListed("")).isTrue();
    }

    @RepeatedTest(5)
    void aProductIsEitherArchivedOrReserved() throws Exception {
        var statuses = Clients.simultaneously(24, i -> () -> switch (i % 3) {
            case 0 -> archive(true).send().status();
            case 1 -> client.post("/inventory/" + product + "/reserve").send().status();
            default ->
                client.post("/reservations").json(cart(line(product, 1))).send().status();
        });

        assertThat(statuses).allSatisfy(status -> assertThat(status).isIn(200, 201, 409));
        var stored = client.get("/inventory/" + product).expect(200).json();
        assertThat(stored.has("archivedAt")).isEqualTo(stored.path("reserved").asInt() == 0);
    }

    @Test
    void adjustmentsWhileTheProductIsArchivedAndRestoredAreNotLost() throws Exception {
        var other = newProduct(0);
        var statuses = Clients.simultaneously(16, i -> () -> {
            for (int n = 0; n < 10; n++) {
                if (i % 2 == 0) {
                    archive(n % 2 == 0).expect(200);
                } else {
                    var lines = i % 4 == 1
                            ? adjustment(delta(product, 1), delta(other, 1))
                            : adjustment(delta(other, 1), delta(product, 1));
                    client.post("/inventory/adjustments").json(lines).expect(200);
                }
            }
            return 0;
        });

        assertThat(statuses).hasSize(16);
        assertStock(product, 100, 0);
        assertStock(other, 80, 0);
    }

    private ContractClient.Call archive(boolean archived) {
        return client.put("/inventory/" + product).json("{\"archived\":" + archived + "}");
    }

    private long total(String query) {
        return client.get("/inventory" + query).expect(200).json().path("total").asLong();
    }

    private boolean isListed(String query) {
        return client.allPages("/inventory" + (query.isEmpty() ? "?" : query + "&") + "limit=200", "/data").stream()
                .map((JsonNode stored) -> stored.path("productId").asString())
                .anyMatch(product::equals);
    }
}
