package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.Clients;
import io.multicloudboutique.testing.CommonMethods;
import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.Preconditions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StockTest extends InventoryTest {

    @Test
    void initialProductsExist() {
        var typewriter = client.get("/inventory/OLJCESPC7Z").expect(200).json();

        assertThat(typewriter.path("name").asString()).isEqualTo("Vintage Typewriter");
        assertThat(typewriter.path("stockLevel").asInt()).isEqualTo(45);
        assertThat(typewriter.path("reserved").asInt()).isEqualTo(3);
        assertThat(typewriter.path("available").asInt()).isEqualTo(42);
    }

    @Test
    void pagesTogetherContainTheWholeListInOrder() {
        var seen = new ArrayList<String>();
        var path = "/inventory?limit=4";
        var total = client.get(path).expect(200).json().path("total").asInt();
        while (!path.isEmpty()) {
            var page = client.get(path).expect(200);
            page.json()
                    .path("data")
                    .forEach(item -> seen.add(item.path("productId").asString()));
            var link = page.header("Link");
            path = link.isEmpty() ? "" : "/inventory" + link.substring(1, link.indexOf('>'));
        }

        assertThat(seen).hasSize(total).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void newProductIsCountedAndCanBeReadAtItsLocation() {
        var before = client.get("/inventory").expect(200).json().path("total").asInt();
        var created = client.post("/inventory")
                .json("{\"productId\":\"new-" + product + "\",\"name\":\"New\",\"stockLevel\":7}")
                .expect(201);

        assertThat(client.get("/" + created.header("Location")).expect(200).json())
                .isEqualTo(created.json());
        assertThat(client.get("/inventory").expect(200).json().path("total").asInt())
                .isEqualTo(before + 1);
    }

    @Test
    void duplicateProductIdIsRejected() {
        client.post("/inventory")
                .json("{\"productId\":\"" + product + "\",\"name\":\"Again\",\"stockLevel\":1}")
                .expectProblem(409, "already-exists");
        assertStock(product, 20, 0);
    }

    @Test
    void reservingAndReleasingWithoutABodyUseQuantityOne() {
        client.post("/inventory/" + product + "/reserve").expect(200);
        assertStock(product, 20, 1);
        client.post("/inventory/" + product + "/release").expect(200);
        assertStock(product, 20, 0);
    }

    @Test
    void reservingMoreThanIsAvailableIsRejectedWithTheAvailableQuantity() {
        var problem = client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":21}")
                .expectProblem(409, "insufficient-stock")
                .json();

        assertThat(problem.path("productId").asString()).isEqualTo(product);
        assertThat(problem.path("available").asInt()).isEqualTo(20);
        assertThat(problem.path("requested").asInt()).isEqualTo(21);
        assertStock(product, 20, 0);
    }

    @Test
    void releasingMoreThanIsReservedIsRejected() {
        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":3}")
                .expect(200);
        client.post("/inventory/" + product + "/release")
                .json("{\"quantity\":4}")
                .expectProblem(409, "release-exceeds-reserved");
        assertStock(product, 20, 3);
    }

    @Test
    void stockLevelCannotFallBelowTheReservedQuantity() {
        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":5}")
                .expect(200);
        client.put("/inventory/" + product).json("{\"stockLevel\":4}").expectProblem(409, "stock-below-reserved");
        client.put("/inventory/" + product).json("{\"stockLevel\":5}").expect(200);
        assertStock(product, 5, 5);
    }

    @Test
    void omittedFieldsKeepTheirValues() {
        client.put("/inventory/" + product).json("{\"name\":\"Renamed\"}").expect(200);
        assertStock(product, 20, 0);
        var before = client.get("/inventory/" + product).expect(200);
        var after = client.put("/inventory/" + product).json("{}").expect(200);

        assertThat(after.json()).isEqualTo(before.json());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
    }

    @Test
    void movementsOfAProductAreListedNewestFirst() {
        client.post("/inventory/" + product + "/reserve")
                .json("{\"quantity\":2}")
                .expect(200);
        client.put("/inventory/" + product).json("{\"stockLevel\":15}").expect(200);
        client.post("/inventory/" + product + "/release")
                .json("{\"quantity\":1}")
                .expect(200);

        var first = client.get("/inventory/" + product + "/movements?limit=3").expect(200);
        assertThat(first.json()
                        .valueStream()
                        .map(movement -> movement.path("kind").asString()))
                .containsExactly("release", "adjustment", "reserve");
        var next = first.header("Link");
        var second = client.get("/inventory/" + product + "/movements" + next.substring(1, next.indexOf('>')))
                .expect(200);
        assertThat(second.json()
                        .valueStream()
                        .map(movement -> movement.path("kind").asString()))
                .containsExactly("opening");
        assertThat(second.header("Link")).isEmpty();
    }

    @Test
    void unknownProductReturns404() {
        client.get("/inventory/NOPE").expectProblem(404, "not-found");
        client.get("/inventory/NOPE/movements").expectProblem(404, "not-found");
        client.put("/inventory/NOPE").header("If-Match", "\"1\"").json("{}").expectProblem(404, "not-found");
        client.post("/inventory/NOPE/reserve").expectProblem(404, "not-found");
        client.post("/inventory/NOPE/release").expectProblem(404, "not-found");
    }

    @Test
    void preconditionsAcceptListsWeakTagsAndAsterisks() {
        Preconditions.assertIfNoneMatch(client, "/inventory/" + product);
        Preconditions.assertIfNoneMatch(client, "/reservations/" + hold(product, 1));
        Preconditions.assertIfMatch(client, "/inventory/" + product, "{\"stockLevel\":9}");
        client.get("/inventory/NOPE").header("If-None-Match", "*").expectProblem(404, "not-found");
    }

    @Test
    void everyPathHasHeadAndOptions() throws Exception {
        for (var path :
                List.of("/inventory/" + product, "/inventory?limit=1", "/inventory/" + product + "/movements")) {
            CommonMethods.assertHead(client, inventory.url(), path);
        }
        CommonMethods.assertOptions(inventory.url(), "/inventory/" + product, "GET", "HEAD", "PUT", "OPTIONS");
    }

    @Test
    void aProblemNamesAnUnknownProductWithItsLastCharacter() {
        var id = "a".repeat(99) + "😀";
        var problem = client.get("/inventory/" + URLEncoder.encode(id, StandardCharsets.UTF_8))
                .expectProblem(404, "not-found");

        assertThat(problem.json().path("detail").asString()).contains(id);
    }

    @Test
    void aCursorBelongsToTheListAndTheFilterThatReturnedIt() {
        var other = newProduct(1);
        client.post("/inventory/" + product + "/reserve").expect(200);
        client.post("/inventory/" + other + "/reserve").expect(200);
        for (int i = 0; i < 2; i++) {
            var held = client.post("/reservations")
                    .json("{\"lines\":[" + line(product, 1) + "],\"reference\":\"" + product + "\"}")
                    .expect(201);
            client.post("/" + held.header("Location") + "/cancel").expect(200);
        }
        var lists = List.of(
                "/inventory",
                "/inventory/" + product + "/movements",
                "/inventory/" + other + "/movements",
                "/reservations",
                "/reservations?reference=" + product);
        CursorPromises.assertBoundToEach(client, lists);
    }

    @Test
    void changingAnotherVersionIsRejected() {
        var tag = client.get("/inventory/" + product).expect(200).header("ETag");
        client.post("/inventory/" + product + "/reserve").expect(200);
        client.put("/inventory/" + product)
                .header("If-Match", tag)
                .json("{\"stockLevel\":9}")
                .expectProblem(412, "precondition-failed");
        client.put("/inventory/" + product)
                .header("If-Match", "W/\"2\"")
                .json("{\"stockLevel\":9}")
                .expectProblem(412, "precondition-failed");
        client.put("/inventory/" + product)
                .header("If-Match", tag + ", \"2\"")
                .json("{\"stockLevel\":9}")
                .expect(200);
        client.put("/inventory/" + product)
                .header("If-Match", "*")
                .json("{\"stockLevel\":8}")
                .expect(200);
        assertStock(product, 8, 1);
    }

    @Test
    void onlyOneOf100ConcurrentChangesOfOneVersionSucceeds() throws Exception {
        var tag = client.get("/inventory/" + product).expect(200).header("ETag");

        var statuses = Clients.simultaneously(
                100,
                i -> () -> client.put("/inventory/" + product)
                        .header("If-Match", tag)
                        .json("{\"stockLevel\":" + (1000 + i) + "}")
                        .send()
                        .status());

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        assertThat(statuses).filteredOn(status -> status == 412).hasSize(99);
    }

    @Test
    void concurrentClientsCannotReserveMoreThanTheStock() throws Exception {
        var popular = newProduct(200);

        var reservedByClient = Clients.simultaneously(64, i -> () -> {
            var reserved = 0;
            for (int attempt = 0; attempt < 5; attempt++) {
                var response = client.post("/inventory/" + popular + "/reserve").send();
                if (response.status() == 200) {
                    reserved++;
                } else {
                    assertThat(response.status()).as(response.toString()).isEqualTo(409);
                }
            }
            return reserved;
        });

        assertThat(reservedByClient.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
        assertStock(popular, 200, 200);
    }
}
