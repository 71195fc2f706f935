package io.multicloudboutique.support.database;

import java.util.HashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Builds a WHERE clause that leaves out the conditions without a value. Each combination of conditions is therefore a
 * separate statement, for which the database can choose the best index. Not thread-safe.
 */
public final class Conditions {

    private final StringJoiner sql = new StringJoiner(" AND ").setEmptyValue("true");
    private final Map<String, Object> values = new HashMap<>();

    /**
     * Adds a condition, unless its value is null.
     *
     * @param condition SQL that refers to the value as {@code :name}
     * @param name the name of the value in the SQL
     * @param value the value to bind; null leaves the condition out
     * @return this
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
     * @param condition SQL that refers to each value as {@code :name}
     * @param values the values to bind, by name
     * @return this
     */
    public Conditions and(String condition, Map<String, ?> values) {
        sql.add(condition);
        this.values.putAll(values);
        return this;
    }

    /** Returns the values to bind to the statement, by name. */
    public Map<String, Object> values() {
        return Map.copyOf(values);
    }

    /**
     * Returns the SQL that follows {@code WHERE}: the conditions joined with AND, or {@code true} without conditions.
     */
    @Override
    public String toString() {
        return sql.toString();
    }
}
