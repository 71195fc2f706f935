package io.multicloudboutique.openapi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One YAML file as it is written: references are not followed. */
final class Document {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** Keys whose value is data of the API's users, in which nothing is a schema or a reference. */
    private static final Set<String> DATA = Set.of("example", "default", "enum", "value");

    private final Place root;
    private final List<Place> references;
    private final List<Place> mediaTypes;
    private final List<Place> parametersAndHeaders;
    private final List<Place> schemas = new ArrayList<>();

    /** Most rules ask for the same places, so they are found once. */
    private Document(Place root) {
        this.root = root;
        references = below(root, place -> place.value().path("$ref").isString());
        mediaTypes = below(
                root,
                place -> place.parentKey().equals("content") && place.key().contains("/"));
        parametersAndHeaders =
                below(root, place -> place.has("schema") && !place.parentKey().equals("content"));
        root.at("components").at("schemas").children().forEach(schema -> collectSchemas(schema, schemas::add));
        below(root, place -> place.key().equals("schema")).forEach(schema -> collectSchemas(schema, schemas::add));
    }

    static Document read(Path folder, String file) {
        return new Document(new Place(file, JsonPointer.empty(), YAML.readTree(folder.resolve(file))));
    }

    String file() {
        return root.file();
    }

    Place root() {
        return root;
    }

    /** Every `$ref`. */
    List<Place> references() {
        return references;
    }

    /** Every component: `#/components/<kind>/<name>`. */
    Stream<Place> components() {
        return root.at("components").children().flatMap(Place::children);
    }

    /** Every media type object: what a request or response has under `content`. */
    List<Place> mediaTypes() {
        return mediaTypes;
    }

    /** Everything but a media type that has a schema. */
    List<Place> parametersAndHeaders() {
        return parametersAndHeaders;
    }

    /** Every schema that is written here, those inside of others too; a reference to a schema is not one. */
    List<Place> schemas() {
        return schemas;
    }

    private static void collectSchemas(Place schema, Consumer<Place> found) {
        if (schema.has("$ref")) {
            return;
        }
        found.accept(schema);
        for (String single : List.of("items", "not", "additionalProperties")) {
            if (schema.value().path(single).isObject()) {
                collectSchemas(schema.at(single), found);
            }
        }
        for (String several : List.of("properties", "allOf", "oneOf", "anyOf")) {
            schema.at(several).children().forEach(child -> collectSchemas(child, found));
        }
    }

    private static List<Place> below(Place top, Predicate<Place> wanted) {
        List<Place> found = new ArrayList<>();
        // A property of a schema may be called example or value; that makes it no data.
        boolean properties = top.key().equals("properties");
        top.children().forEach(child -> {
            if (wanted.test(child)) {
                found.add(child);
            }
            if (properties || !DATA.contains(child.key())) {
                found.addAll(below(child, wanted));
            }
        });
        return found;
    }
}
