package io.multicloudboutique.client.internal.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** From what is on the wire to what users see. */
public final class Wire {

    private Wire() {}

    /** The value of a required field. An answer without it is not one of the contract. */
    public static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new MissingField(field);
        }
        return value;
    }

    /** The values of a required array, each mapped. */
    public static <W, T> List<T> each(@Nullable List<W> values, String field, Function<W, T> mapping) {
        return required(values, field).stream()
                .map(value -> mapping.apply(required(value, field)))
                .toList();
    }

    /** The constant of the same name; {@code unknown} for a value that only a newer service knows. */
    public static <E extends Enum<E>> E known(Class<E> type, Enum<?> wire, E unknown) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(wire.name())) {
                return constant;
            }
        }
        return unknown;
    }

    static final class MissingField extends RuntimeException {

        private static final long serialVersionUID = 1L;

        MissingField(String field) {
            super("its " + field + " is missing");
        }
    }
}
