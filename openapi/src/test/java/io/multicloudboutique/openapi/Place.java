package io.multicloudboutique.openapi;

import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** A value in a file, and its location. */
record Place(String file, JsonPointer pointer, JsonNode value) {

    Place at(String key) {
        return new Place(file, pointer.appendProperty(key), value.path(key));
    }

    /** The direct children, in the order of the file. */
    Stream<Place> children() {
        return value.isArray()
                ? Stream.iterate(0, index -> index < value.size(), index -> index + 1)
                        .map(index -> new Place(file, pointer.appendIndex(index), value.get(index)))
                : value.propertyNames().stream().map(this::at);
    }

    boolean has(String key) {
        return value.has(key);
    }

    String text(String key) {
        return value.path(key).asString("");
    }

    /** The last step of the pointer, without escapes. */
    String key() {
        return lastStep(pointer);
    }

    String parentKey() {
        return pointer.head() == null ? "" : lastStep(pointer.head());
    }

    private static String lastStep(JsonPointer pointer) {
        return pointer.last() == null ? "" : pointer.last().getMatchingProperty();
    }

    boolean exists() {
        return !value.isMissingNode();
    }

    @Override
    public String toString() {
        return file + "#" + pointer;
    }
}
