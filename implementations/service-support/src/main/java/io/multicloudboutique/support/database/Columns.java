package io.multicloudboutique.support.database;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The columns of several rows, for statements that read their rows from {@code unnest}. */
public final class Columns {

    private Columns() {}

    /**
     * Returns the values of one column of all rows, in the order of the rows, as an array for a bind parameter.
     *
     * @param valueOf returns the value of a row in this column; the value may be null
     * @param array creates an array, such as {@code String[]::new}
     */
    public static <R, V> @Nullable V[] of(
            Collection<? extends R> rows, Function<R, @Nullable V> valueOf, IntFunction<V[]> array) {
        return rows.stream().map(valueOf).toArray(array);
    }
}
