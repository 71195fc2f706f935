package io.multicloudboutique.support.database;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a WHERE clause, of which only those apply that have a value: each combination is a statement of its own, so
 * that the database plans it with the index that fits. Not thread-safe.
 */
public final class Conditions {

    private final StringJoiner sql = new StringJoiner(" AND ").setEmptyValue("true");
    private final Map<String, Object> values = new HashMap<>();

    /**
     * Adds a condition.
     *
     * @param condition SQL that refers to the value as {@code :name}
     * @param value null if the condition does not apply
     */
    public Conditions and(String condition, String name, @Nullable Object value) {
        if (value != null) {
            and(condition, Map.of(name, value));
        }
        return this;
    }

    /**
     * Adds a condition.
     *
     * @param condition SQL that refers to the values by their names
     */
    public Conditions and(String condition, Map<String, ?> values) {
        sql.add(condition);
        this.values.putAll(values);
        return this;
    }

    /** To be bound to the statement. */
    public Map<String, Object> values() {
        return Map.copyOf(values);
    }

    /** What follows WHERE. */
    @Override
    public String toString() {
        return sql.toString();
    }
}
