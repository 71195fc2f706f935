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

/** One YAML file as written, with unresolved references. */
final class Document {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    /** Keys whose values are example or enum data, which contains neither schemas nor references. */
    private static final Set<String> DATA = Set.of("example", "default", "enum", "value");

    private final Place root;
    private final List<Place> references;
    private final List<Place> mediaTypes;
    private final List<Place> parametersAndHeaders;
    private final List<Place> schemas = new ArrayList<>();

    /** Collects the places that most rules need, so the document is searched only once. */
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

    /** Every media type object below the `content` of a request or response. */
    List<Place> mediaTypes() {
        return mediaTypes;
    }

    /** Every object that has a `schema` and is not a media type: the parameters and headers. */
    List<Place> parametersAndHeaders() {
        return parametersAndHeaders;
    }

    /** Every schema defined in this document, including nested schemas but excluding references. */
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
        // A schema property may be named example or value. Its definition is not data.
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
