package io.multicloudboutique.food;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.ItemPromises;
import io.multicloudboutique.testing.RunningService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FoodTest extends ItemPromises {

    @RegisterExtension
    static final RunningService food =
            RunningService.of(FoodApplication.class, "food", () -> "inventory.service.url=http://127.0.0.1:1");

    FoodTest() {
        super(
                food,
                new Items(
                        "/food",
                        "/foodItems",
                        "food_items",
                        item("\"price\":5,\"available\":false"),
                        "{\"price\":5.01}",
                        "productId",
                        "OLJCESPC7Z"));
    }

    @Test
    void initialItemsExist() {
        var pizza = client().get("/food/1").expect(200).json();

        assertThat(pizza.path("name").asString()).isEqualTo("Pizza Margherita");
        assertThat(pizza.path("price").decimalValue()).isEqualTo("12.99");
        assertThat(pizza.path("available").asBoolean()).isTrue();
    }

    @Test
    void itemsAreListedInOrderOfTheirIds() {
        newItem();
        assertThat(allPages("/food?limit=2").stream()
                        .map(item -> item.path("id").asLong()))
                .isSorted();
    }

    @Test
    void newItemIsAvailableByDefault() {
        assertThat(client().post("/food")
                        .json(item("\"price\":8.5"))
                        .expect(201)
                        .json()
                        .path("available")
                        .asBoolean())
                .isTrue();
        assertThat(client().get(newItem()).expect(200).json().path("available").asBoolean())
                .isFalse();
    }

    @Test
    void requestIdOfTheClientIsUsedIfItIsAUuid() {
        var id = UUID.randomUUID().toString();

        assertThat(client().get("/food/1")
                        .header("X-Request-Id", id)
                        .expect(200)
                        .header("X-Request-Id"))
                .isEqualTo(id);
        assertThat(client().get("/food/1")
                        .header("X-Request-Id", "no id")
                        .expect(200)
                        .header("X-Request-Id"))
                .isNotEqualTo("no id");
        assertThat(client().get("/food/0")
                        .header("X-Request-Id", id)
                        .expectProblem(404, "not-found")
                        .json()
                        .path("instance")
                        .asString())
                .isEqualTo("urn:uuid:" + id);
    }

    @Test
    void behindAProxyOnlyPagesOfTheSameOriginCanWrite() {
        client().post("/food")
                .header("X-Forwarded-Host", "shop.example")
                .header("X-Forwarded-Proto", "https")
                .header("Origin", "https://shop.example")
                .json(item("\"price\":5"))
                .expect(201);

        client().post("/food")
                .header("Origin", "https://evil.example")
                .json(item("\"price\":5"))
                .expectProblem(403, "forbidden");
    }

    private static String item(String more) {
        return "{\"name\":\"Soup\",\"category\":\"Test\"," + more + "}";
    }

    @Test
    void aCursorThatIsNotOfThisListIsRejected() {
        CursorPromises.assertBound(client(), "/food");
    }
}
