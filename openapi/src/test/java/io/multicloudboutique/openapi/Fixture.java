package io.multicloudboutique.openapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A contract that breaks one rule: {@code rules/conforming.yaml} with the changes of {@code rules/<rule-id>.yaml}. The
 * changes map the name of each changed file to a JSON merge patch (RFC 7396): objects are merged, other values are
 * replaced, and null removes a key.
 */
record Fixture(String rule, JsonNode changes) {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String CONFORMING = "conforming.yaml";

    /** The contract without changes, which breaks no rule. */
    static Fixture conforming() {
        return new Fixture("", YAML.createObjectNode());
    }

    /** One fixture for each file in {@code rules/} except the conforming contract. */
    static List<Fixture> all() throws IOException {
        try (Stream<Path> files = Files.list(Resources.folder("/rules"))) {
            return files.filter(file -> !file.endsWith(CONFORMING))
                    .sorted()
                    .map(file -> new Fixture(file.getFileName().toString().replace(".yaml", ""), YAML.readTree(file)))
                    .toList();
        }
    }

    /** Writes the changed contract and the shared files to the folder, and reads them as contracts. */
    Contracts contractsIn(Path folder) throws IOException {
        Map<String, JsonNode> files = new HashMap<>();
        files.put(CONFORMING, YAML.readTree(Resources.folder("/rules").resolve(CONFORMING)));
        try (Stream<Path> shared = Files.list(Resources.folder("/openapi").resolve("shared"))) {
            shared.forEach(file -> files.put("shared/" + file.getFileName(), YAML.readTree(file)));
        }
        changes.forEachEntry((file, change) -> files.merge(file, change, Fixture::merged));
        for (Map.Entry<String, JsonNode> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            Files.createDirectories(target.getParent());
            JsonMapper.shared().writeValue(target, file.getValue());
        }
        return Contracts.in(folder);
    }

    private static JsonNode merged(JsonNode original, JsonNode change) {
        if (!(original instanceof ObjectNode object) || !change.isObject()) {
            return change;
        }
        change.forEachEntry((key, value) -> {
            if (value.isNull()) {
                object.remove(key);
            } else {
                object.set(key, merged(object.path(key), value));
            }
        });
        return object;
    }

    @Override
    public String toString() {
        return rule;
    }
}
