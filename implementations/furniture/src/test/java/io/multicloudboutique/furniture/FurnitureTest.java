package io.multicloudboutique.furniture;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.CursorPromises;
import io.multicloudboutique.testing.ItemPromises;
import io.multicloudboutique.testing.RunningService;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FurnitureTest extends ItemPromises {

    @RegisterExtension
    static final RunningService furniture = RunningService.of(FurnitureApplication.class, "furniture");

    FurnitureTest() {
        super(
                furniture,
                new Items(
                        "/furniture",
                        "",
                        "furniture_items",
                        item("Test"),
                        "{\"category\":\"Garden\"}",
                        "productId",
                        "6E92ZMYYFZ"));
    }

    @Test
    void initialItemsExist() {
        var sofa = client().get("/furniture/2").expect(200).json();

        assertThat(sofa.path("name").asString()).isEqualTo("Leather Sofa");
        assertThat(sofa.path("category").asString()).isEqualTo("Living Room");
        assertThat(sofa.path("price").decimalValue()).isEqualTo("899.99");
    }

    @Test
    void itemsAreListedInOrderOfTheirIds() {
        newItem();
        assertThat(ids("/furniture?limit=2")).isSorted();
    }

    @Test
    void categoryFilterReturnsExactlyTheItemsOfTheCategoryOnAllPages() {
        for (int i = 0; i < 5; i++) {
            client().post("/furniture").json(item("Kids & Co")).expect(201);
            newItem();
        }

        assertThat(ids("/furniture?category=Kids%20%26%20Co&limit=2"))
                .hasSize(5)
                .isSorted();
        assertThat(allPages("/furniture?category=Kids%20%26%20Co&limit=2"))
                .allMatch(item -> item.path("category").asString().equals("Kids & Co"));
        assertThat(ids("/furniture?category=kids%20%26%20co")).isEmpty();
    }

    private Stream<Long> ids(String list) {
        return allPages(list).stream().map(item -> item.path("id").asLong());
    }

    private static String item(String category) {
        return "{\"name\":\"Chair\",\"category\":\"" + category + "\",\"price\":49.9}";
    }

    @Test
    void aCursorBelongsToTheFilterOfItsList() {
        for (int i = 0; i < 2; i++) {
            client().post("/furniture").json(item("Attic")).expect(201);
        }
        CursorPromises.assertBound(client(), "/furniture", "/furniture?category=Attic");
        CursorPromises.assertBound(client(), "/furniture?category=Attic", "/furniture", "/furniture?category=attic");
    }
}
