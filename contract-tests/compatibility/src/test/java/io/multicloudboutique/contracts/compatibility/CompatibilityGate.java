package io.multicloudboutique.contracts.compatibility;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks that the contracts keep the promises of the last release, unless the version permits breaking changes. */
final class CompatibilityGate {

    // SemVer permits no breaking change within a major version or, before 1.0, within a minor version.
    private static final Pattern LINE = Pattern.compile("0\\.\\d+|\\d+");

    /**
     * @param report release notes in Markdown
     * @param passed false if there are breaking changes that the version does not permit
     */
    record Verdict(String report, boolean passed) {}

    static Verdict check(Path released, Path current, String version) throws IOException {
        if (Files.notExists(released)) {
            return new Verdict(
                    "# Contracts\n\nNo release to compare with: contract-tests/released does not exist.\n", true);
        }
        var releasedVersion = Files.readString(released.resolve("version")).strip();
        var changes = ContractChanges.between(released, current);
        var breaks = changes.stream().anyMatch(Change::breaking);
        var mayBreak = mayBreak(releasedVersion, version);
        var verdict = !breaks
                ? "No change breaks clients."
                : mayBreak
                        ? ("Some changes break clients. Version %s permits this: its major version "
                                        + "(before 1.0, its minor version) is new.")
                                .formatted(version)
                        : ("Some changes break clients, which version %s does not permit. "
                                        + "Undo these changes, or raise the version to %s.")
                                .formatted(version, next(releasedVersion));
        return new Verdict(
                "# Contracts since %s\n\n%s\n%s".formatted(releasedVersion, verdict, notes(changes)),
                !breaks || mayBreak);
    }

    static boolean mayBreak(String released, String version) {
        return !line(released).equals(line(version));
    }

    private static String line(String version) {
        var matcher = LINE.matcher(version);
        if (!matcher.lookingAt()) {
            throw new IllegalArgumentException("Not a version: " + version);
        }
        return matcher.group();
    }

    private static String next(String released) {
        var numbers = released.split("\\.");
        return numbers[0].equals("0")
                ? "0.%d.0".formatted(Integer.parseInt(numbers[1]) + 1)
                : "%d.0.0".formatted(Integer.parseInt(numbers[0]) + 1);
    }

    private static String notes(List<Change> changes) {
        var services = changes.stream().collect(groupingBy(Change::service, TreeMap::new, toList()));
        var text = new StringBuilder();
        services.forEach((service, ofService) -> {
            text.append("\n## %s\n".formatted(service));
            // Operations with the same changes, for example in a shared schema, are listed under one heading.
            var operations = new LinkedHashMap<String, List<String>>();
            ofService.stream()
                    .collect(groupingBy(Change::operation, TreeMap::new, toList()))
                    .forEach((operation, ofOperation) -> operations
                            .computeIfAbsent(lines(ofOperation), lines -> new ArrayList<>())
                            .add(operation));
            operations.forEach(
                    (lines, names) -> text.append("\n### %s\n\n%s\n".formatted(String.join(", ", names), lines)));
        });
        return text.toString();
    }

    private static String lines(List<Change> changes) {
        return changes.stream()
                .sorted(comparing(Change::breaking).reversed())
                .collect(groupingBy(
                        change -> (change.breaking() ? "- **breaking:** %s" : "- %s").formatted(change.what()),
                        LinkedHashMap::new,
                        mapping(
                                Change::where,
                                collectingAndThen(toCollection(TreeSet::new), where -> String.join(", ", where)))))
                .entrySet()
                .stream()
                .map(line -> line.getValue().isEmpty() ? line.getKey() : line.getKey() + " (" + line.getValue() + ")")
                .collect(joining("\n"));
    }
}
