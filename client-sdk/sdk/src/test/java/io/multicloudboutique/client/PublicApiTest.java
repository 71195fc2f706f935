package io.multicloudboutique.client;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What users can name is what {@code public-api.txt} says, so that nobody changes it by accident. */
class PublicApiTest {

    private static final String INTRODUCTION = """
            # The public API of the SDK, compared by PublicApiTest. Without io.multicloudboutique.client and java.lang.
            # A line that goes breaks code of users and needs a new major version. A new line needs a new minor one.
            """;

    private static final PublicApi API = new PublicApi();

    @Test
    void theApiIsTheOneThatWasAgreedOn() throws IOException {
        Files.writeString(Path.of("target", "public-api.txt"), INTRODUCTION + String.join("\n", API.lines()) + "\n");

        var problem = difference(lines(Files.readString(Path.of("public-api.txt"))), API.lines());

        assertThat(problem).withFailMessage(() -> problem).isEmpty();
    }

    private static SortedSet<String> lines(String golden) {
        return golden.lines().filter(line -> !line.startsWith("#")).collect(toCollection(TreeSet::new));
    }

    private static String difference(SortedSet<String> agreed, SortedSet<String> actual) {
        var gone = new TreeSet<>(agreed);
        gone.removeAll(actual);
        var added = new TreeSet<>(actual);
        added.removeAll(agreed);
        var text = new ArrayList<String>();
        if (!gone.isEmpty()) {
            text.add("INCOMPATIBLE: this was removed or changed, and code of users that names it breaks:");
            gone.forEach(line -> text.add("  - " + line));
        }
        if (!added.isEmpty()) {
            text.add(gone.isEmpty() ? "The public API has grown, compatibly:" : "This is new, or what became of it:");
            added.forEach(line -> text.add("  + " + line));
        }
        if (!gone.isEmpty()) {
            text.add("If that is on purpose, the next version is a new major one (before 1.0 a minor one), and"
                    + " CHANGELOG.md tells users what to write instead.");
        }
        if (!text.isEmpty()) {
            text.add((gone.isEmpty() ? "Add it to the agreed API" : "Then agree on it")
                    + " with: cp client-sdk/sdk/target/public-api.txt client-sdk/sdk/public-api.txt");
        }
        return String.join("\n", text);
    }

    @Test
    void aLineThatGoesIsIncompatible() {
        var agreed = new TreeSet<>(API.lines());
        agreed.add("food.FoodClient.orderFoodItem(long): food.FoodItem");

        assertThat(difference(agreed, API.lines()))
                .startsWith("INCOMPATIBLE")
                .contains(
                        "  - food.FoodClient.orderFoodItem(long): food.FoodItem",
                        "major",
                        "CHANGELOG.md",
                        "cp client-sdk");
    }

    @Test
    void aNewLineIsCompatible() {
        var agreed = new TreeSet<>(API.lines());
        agreed.remove("food.FoodClient.getFoodItem(long): food.FoodItem");

        assertThat(difference(agreed, API.lines()))
                .startsWith("The public API has grown, compatibly:")
                .contains("  + food.FoodClient.getFoodItem(long): food.FoodItem", "cp client-sdk")
                .doesNotContain("major");
    }

    @Test
    void aMethodMoreOfWhatUsersImplementIsIncompatible() {
        assertThat(API.lines())
                .contains("Sleeper is implemented with .sleep(java.time.Duration): void throws InterruptedException")
                .noneMatch(line -> line.startsWith("food.FoodClient is implemented with"));
    }

    @Test
    void theConstructorsOfWhatUsersMakeCount() {
        assertThat(API.lines())
                .contains("inventory.ReservationLine(String, long)")
                .noneMatch(line -> line.startsWith("inventory.Reservation("));
    }

    @Test
    void noSignatureNamesWhatIsNotOfTheApi() {
        assertThat(API.named())
                .filteredOn(type -> !type.isPrimitive() && !type.getName().startsWith("java."))
                .filteredOn(type -> !API.types().contains(type))
                .isEmpty();
    }
}
