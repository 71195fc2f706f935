package io.multicloudboutique.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.CursorPromises;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The filters of the list of products. Each test has products with a word that no other test uses. */
class ProductFilterTest extends InventoryTest {

    private String word;

    @BeforeEach
    void chooseAWord() {
        word = "w" + product;
    }

    @Test
    void wordsOfTheNameAreFoundByTheirBeginnings() {
        var lamp = named("Lamp, " + word + " (red)");
        var lantern = named(word.toUpperCase() + "-Lantern");
        named("Lamp of another make");

        assertFound(word, lamp, lantern);
        assertFound(word + " la", lamp, lantern);
        assertFound("LAMP! " + word, lamp);
        assertFound("(Red) " + word.substring(0, word.length() - 1), lamp);
        assertFound(word + " amp");
        assertFound(word + " lamp lantern");
        assertFound("'! & :* |");
    }

    @Test
    void aRenamedProductIsFoundByItsNewName() {
        var lamp = named(word + " lamp");
        client.put("/inventory/" + lamp)
                .json("{\"name\":\"" + word + " torch\"}")
                .expect(200);

        assertFound(word + " lamp");
        assertFound(word + " torch", lamp);
    }

    @Test
    void lessAvailableThanTheLimitMeansWhatIsNeitherReservedNorHeld() {
        var plenty = named(word, 20);
        var reserved = named(word, 20);
        var held = named(word, 20);
        var gone = named(word, 0);
        client.post("/inventory/" + reserved + "/reserve")
                .json("{\"quantity\":11}")
                .expect(200);
        hold(held, 12);

        assertFound(word + "&availableBelow=1", gone);
        assertFound(word + "&availableBelow=8", gone);
        assertFound(word + "&availableBelow=9", gone, held);
        assertFound(word + "&availableBelow=10", gone, held, reserved);
        assertFound(word + "&availableBelow=20", gone, held, reserved);
        assertFound(word + "&availableBelow=21", gone, held, reserved, plenty);
    }

    @Test
    void everyQuantityIsBelowTheNextOne() {
        var products =
                IntStream.rangeClosed(0, 33).mapToObj(n -> named(word, n)).toList();

        for (int limit = 1; limit <= 34; limit++) {
            assertFound(
                    word + "&availableBelow=" + limit,
                    products.subList(0, limit).toArray(String[]::new));
        }
        var most = named(word, 1_000_000_000);
        assertThat(found(word + "&availableBelow=1000000000")).hasSize(34).doesNotContain(most);
    }

    @Test
    void archivedProductsAreFoundOnlyOnRequest() {
        var old = named(word, 3);
        var current = named(word, 3);
        client.put("/inventory/" + old).json("{\"archived\":true}").expect(200);

        assertFound(word, current);
        assertFound(word + "&archived=false", current);
        assertFound(word + "&archived=true", old);
        assertFound(word + "&archived=true&availableBelow=4", old);
        assertFound(word + "&archived=true&availableBelow=3");
        client.get("/inventory?archived=yes").expectProblem(400, "validation-failed");
    }

    @Test
    void pagesOfAFilteredListHaveTheTotalOfTheFilter() {
        var products =
                IntStream.range(0, 7).mapToObj(n -> named(word, n)).sorted().toList();
        var path = "/inventory?limit=3&q=" + word;

        assertThat(client.allPages(path, "/data"))
                .extracting(stored -> stored.path("productId").asString())
                .isEqualTo(products);
        assertThat(client.allPages(path + "&availableBelow=6", "/data")).hasSize(6);
        var cursor = client.get(path).expect(200).header("Next-Cursor");
        assertThat(client.get(path + "&cursor=" + cursor)
                        .expect(200)
                        .json()
                        .path("total")
                        .asInt())
                .isEqualTo(7);
    }

    @Test
    void aCursorBelongsToItsFilters() {
        IntStream.range(0, 2).forEach(n -> {
            named(word, 3);
            var old = named(word, 3);
            client.put("/inventory/" + old).json("{\"archived\":true}").expect(200);
        });
        var lists = List.of(
                "/inventory",
                "/inventory?q=" + word,
                "/inventory?availableBelow=5",
                "/inventory?archived=true",
                "/inventory?availableBelow=5&archived=true");
        CursorPromises.assertBoundToEach(client, lists);
    }

    private void assertFound(String filter, String... productIds) {
        assertThat(found(filter)).containsExactlyInAnyOrder(productIds);
    }

    private List<String> found(String filter) {
        var words = filter.split("&(?=availableBelow|archived)", 2);
        var list = client.get("/inventory?limit=200&q=" + URLEncoder.encode(words[0], StandardCharsets.UTF_8)
                        + (words.length > 1 ? "&" + words[1] : ""))
                .expect(200)
                .json();
        var ids = list.path("data")
                .valueStream()
                .map(stored -> stored.path("productId").asString())
                .toList();
        assertThat(ids).isSorted().hasSize(list.path("total").asInt());
        return ids;
    }

    private String named(String name) {
        return named(name, 1);
    }

    private String named(String name, long stockLevel) {
        return newProduct(name, stockLevel);
    }
}
