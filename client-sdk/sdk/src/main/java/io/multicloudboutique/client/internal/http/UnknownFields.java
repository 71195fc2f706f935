package io.multicloudboutique.client.internal.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Copies the fields of a response that this version of the SDK does not know. */
public final class UnknownFields {

    private UnknownFields() {}

    /** Returns a copy that cannot be modified. {@link Map#copyOf} would refuse null, which JSON allows. */
    public static Map<String, @Nullable Object> copyOf(Map<String, @Nullable Object> fields) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        var copy = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((name, value) -> copy.put(name, copyOf(value)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object copyOf(@Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            var copy = new LinkedHashMap<Object, @Nullable Object>();
            object.forEach((name, member) -> copy.put(name, copyOf(member)));
            return Collections.unmodifiableMap(copy);
        }
        if (value instanceof List<?> array) {
            var copy = new ArrayList<@Nullable Object>();
            array.forEach(element -> copy.add(copyOf(element)));
            return Collections.unmodifiableList(copy);
        }
        return value;
    }
}
