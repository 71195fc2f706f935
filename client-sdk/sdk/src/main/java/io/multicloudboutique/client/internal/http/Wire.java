package io.multicloudboutique.client.internal.http;

import org.jspecify.annotations.Nullable;

/** Helps to map the generated types to the public types of the SDK. */
public final class Wire {

    private Wire() {}

    /** Returns the value of a required field. A response without the field does not match the contract. */
    public static <T> T required(@Nullable T value, String field) {
        if (value == null) {
            throw new MissingField(field);
        }
        return value;
    }

    /** Returns the constant with the same name, or {@code unknown} for a value that only a newer service knows. */
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
            super("the field '" + field + "' is missing");
        }
    }
}
