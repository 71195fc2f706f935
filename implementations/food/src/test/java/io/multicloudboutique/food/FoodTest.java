package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.RunningService;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FoodTest {

    @RegisterExtension
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    private ContractClient client;

    @BeforeEach
    void connect() {
        client = food.client();
    }

    @Test
    void theFirstItemsAreThoseOfTheBoutique() {
        var pizza = client.get("/food/1").expect(200).json();

        assertThat(pizza.path("name").asString()).isEqualTo("Pizza Margherita");
        assertThat(pizza.path("price").decimalValue()).isEqualTo("12.99");
        assertThat(pizza.path("available").asBoolean()).isTrue();
        assertThat(pizza.has("productId")).as("absent without a value").isFalse();
    }

    @Test
    void aNewItemCanBeReadWhereLocationSaysAndIsAvailableUnlessItSaysOtherwise() {
        var created = client.post("/food").json(item("\"price\":8.5")).expect(201);

        assertThat(created.json().path("available").asBoolean()).isTrue();
        assertThat(created.json().path("price").decimalValue()).isEqualByComparingTo("8.5");
        var read = client.get("/" + created.header("Location")).expect(200);
        assertThat(read.json()).isEqualTo(created.json());
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(client.post("/food")
                        .json(item("\"price\":1,\"available\":false"))
                        .expect(201)
                        .json()
                        .path("available")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void pagesTogetherAreTheWholeMenuById() {
        for (int i = 0; i < 5; i++) {
            newItem();
        }
        var ids = new ArrayList<Long>();
        var path = "/food?limit=3";
        while (!path.isEmpty()) {
            var page = client.get(path).expect(200);
            page.json()
                    .path("foodItems")
                    .forEach(item -> ids.add(item.path("id").asLong()));
            var link = page.header("Link");
            path = link.isEmpty() ? "" : "/food" + link.substring(1, link.indexOf('>'));
        }

        assertThat(ids)
                .isSorted()
                .doesNotHaveDuplicates()
                .hasSize(((Number) food.database().value("SELECT count(*) FROM food.food_items")).intValue());
    }

    @Test
    void aChangeLeavesWhatIsNotSentAndAnEmptyProductIdRemovesIt() {
        var path = newItem();
        var before = client.get(path).expect(200).json();

        client.put(path)
                .json("{\"productId\":\"OLJCESPC7Z\",\"available\":false}")
                .expect(200);
        var linked = client.get(path).expect(200).json();
        assertThat(linked.path("productId").asString()).isEqualTo("OLJCESPC7Z");
        assertThat(linked.path("available").asBoolean()).isFalse();
        assertThat(linked.path("name")).isEqualTo(before.path("name"));

        client.put(path).json("{\"productId\":\"\",\"available\":true}").expect(200);
        assertThat(client.get(path).expect(200).json()).isEqualTo(before);
    }

    @Test
    void aChangeThatChangesNothingKeepsTheVersion() {
        var path = newItem();
        var tag = client.get(path).expect(200).header("ETag");

        assertThat(client.put(path).json("{}").expect(200).header("ETag")).isEqualTo(tag);
        assertThat(client.put(path).json("{\"price\":5.00}").expect(200).header("ETag"))
                .isEqualTo(tag);
        assertThat(client.put(path).json("{\"price\":5.01}").expect(200).header("ETag"))
                .isNotEqualTo(tag);
    }

    @Test
    void changingOrDeletingAnotherVersionIsRefused() {
        var path = newItem();
        var tag = client.get(path).expect(200).header("ETag");
        client.put(path).json("{\"price\":6}").expect(200);

        client.put(path).header("If-Match", tag).json("{\"price\":7}").expectProblem(412, "precondition-failed");
        client.delete(path).header("If-Match", tag).expectProblem(412, "precondition-failed");
        assertThat(client.get(path).expect(200).json().path("price").asInt()).isEqualTo(6);
        client.delete(path).header("If-Match", "\"2\"").expect(200);
    }

    @Test
    void whatIsDeletedIsAnsweredOnceAndThenNotFound() {
        var path = newItem();
        var item = client.get(path).expect(200).json();

        assertThat(client.delete(path).expect(200).json().path("item")).isEqualTo(item);
        client.delete(path).expectProblem(404, "not-found");
        client.get(path).expectProblem(404, "not-found");
        client.put(path).json("{}").expectProblem(404, "not-found");
    }

    @Test
    void aRepeatedRequestPutsOneItemOnTheMenu() {
        var key = UUID.randomUUID().toString();
        var first = client.post("/food")
                .header("Idempotency-Key", key)
                .json(item("\"price\":5"))
                .expect(201);
        var second = client.post("/food")
                .header("Idempotency-Key", key)
                .json(item("\"price\":5.00"))
                .expect(201);

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("Idempotent-Replayed")).isEqualTo("true");
    }

    @Test
    void theRequestIdIsTheClientsIfItIsOne() {
        var id = UUID.randomUUID().toString();

        assertThat(client.get("/food/1").header("X-Request-Id", id).expect(200).header("X-Request-Id"))
                .isEqualTo(id);
        assertThat(client.get("/food/1")
                        .header("X-Request-Id", "no id")
                        .expect(200)
                        .header("X-Request-Id"))
                .isNotEqualTo("no id");
        assertThat(client.get("/food/0")
                        .header("X-Request-Id", id)
                        .expectProblem(404, "not-found")
                        .json()
                        .path("instance")
                        .asString())
                .isEqualTo("urn:uuid:" + id);
    }

    @Test
    void behindAProxyAPageOfTheSameAddressMayWriteAndOthersMayNot() {
        client.post("/food")
                .header("X-Forwarded-Host", "shop.example")
                .header("X-Forwarded-Proto", "https")
                .header("Origin", "https://shop.example")
                .json(item("\"price\":5"))
                .expect(201);

        client.post("/food")
                .header("Origin", "https://evil.example")
                .json(item("\"price\":5"))
                .expectProblem(403, "forbidden");
    }

    private String newItem() {
        return "/" + client.post("/food").json(item("\"price\":5")).expect(201).header("Location");
    }

    private static String item(String more) {
        return "{\"name\":\"Soup\",\"category\":\"Test\"," + more + "}";
    }
}
