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

/** The public API equals {@code public-api.txt}, so that nobody changes it by accident. */
class PublicApiTest {

    private static final String INTRODUCTION = """
            # The public API of the SDK; PublicApiTest checks it. Names omit io.multicloudboutique.client and java.lang.
            # Removing a line breaks users' code and requires a new major version. Adding one requires a new minor version.
            """;

    private static final PublicApi API = new PublicApi();

    @Test
    void theApiMatchesTheCommittedList() throws IOException {
        Files.writeString(Path.of("target", "public-api.txt"), INTRODUCTION + String.join("\n", API.lines()) + "\n");

        var problem = difference(lines(Files.readString(Path.of("public-api.txt"))), API.lines());

        assertThat(problem).withFailMessage(() -> problem).isEmpty();
    }

    private static SortedSet<String> lines(String golden) {
        return golden.lines().filter(line -> !line.startsWith("#")).collect(toCollection(TreeSet::new));
    }

    private static String difference(SortedSet<String> committed, SortedSet<String> actual) {
        var removed = new TreeSet<>(committed);
        removed.removeAll(actual);
        var added = new TreeSet<>(actual);
        added.removeAll(committed);
        var text = new ArrayList<String>();
        if (!removed.isEmpty()) {
            text.add("INCOMPATIBLE: these lines were removed or changed, which breaks users' code:");
            removed.forEach(line -> text.add("  - " + line));
        }
        if (!added.isEmpty()) {
            text.add(
                    removed.isEmpty()
                            ? "The public API has compatible additions:"
                            : "These lines were added or changed:");
            added.forEach(line -> text.add("  + " + line));
        }
        if (!removed.isEmpty()) {
            text.add("If the change is intended, the next version must be a new major version (before 1.0, a new minor"
                    + " version), and CHANGELOG.md must describe the replacement.");
        }
        if (!text.isEmpty()) {
            text.add((removed.isEmpty() ? "Accept the additions" : "Then accept the changes")
                    + " with: cp client-sdk/sdk/target/public-api.txt client-sdk/sdk/public-api.txt");
        }
        return String.join("\n", text);
    }

    @Test
    void aRemovedLineIsIncompatible() {
        var committed = new TreeSet<>(API.lines());
        committed.add("food.FoodClient.orderFoodItem(long): food.FoodItem");

        assertThat(difference(committed, API.lines()))
                .startsWith("INCOMPATIBLE")
                .contains(
                        "  - food.FoodClient.orderFoodItem(long): food.FoodItem",
                        "major",
                        "CHANGELOG.md",
                        "cp client-sdk");
    }

    @Test
    void aNewLineIsCompatible() {
        var committed = new TreeSet<>(API.lines());
        committed.remove("food.FoodClient.getFoodItem(long): food.FoodItem");

        assertThat(difference(committed, API.lines()))
                .startsWith("The public API has compatible additions:")
                .contains("  + food.FoodClient.getFoodItem(long): food.FoodItem", "cp client-sdk")
                .doesNotContain("major");
    }

    @Test
    void anAdditionalMethodOfAnInterfaceThatUsersImplementIsIncompatible() {
        assertThat(API.lines())
                .contains("Sleeper is implemented with .sleep(java.time.Duration): void throws InterruptedException")
                .noneMatch(line -> line.startsWith("food.FoodClient is implemented with"));
    }

    @Test
    void constructorsOfResponseRecordsAreNotListed() {
        assertThat(API.lines()).noneMatch(line -> line.startsWith("inventory.Reservation("));
    }

    @Test
    void signaturesNameOnlyTypesOfTheApi() {
        assertThat(API.named())
                .filteredOn(type -> !type.isPrimitive() && !type.getName().matches("javax?[.].*"))
                .filteredOn(type -> !API.types().contains(type))
                .isEmpty();
    }
}
