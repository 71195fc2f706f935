package io.multicloudboutique.support.paging;

import java.time.temporal.Temporal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list is asked for. Immutable.
 *
 * @param limit how many items there are on it at the most
 * @param after the item behind which it starts; null for the first page
 */
public record PageRequest(int limit, @Nullable Cursor after) {

    /** Out of the parameters of a request; a cursor that cannot be one is a problem. */
    public static PageRequest of(int limit, @Nullable String cursor) {
        return new PageRequest(limit, cursor == null ? null : Cursor.decode(cursor));
    }

    /** How many rows to read: one more than the limit, to know whether there is a next page. */
    public int rows() {
        return limit + 1;
    }

    /** The number behind which the page starts, or {@code first} for the first page. */
    public long afterNumber(long first) {
        return after == null ? first : after.number();
    }

    /**
     * The day or time and the number behind which the page starts, by the names {@code order} and {@code number}; nothing for the
     * first page.
     *
     * @param parse reads the day or time
     */
    public <T extends Temporal> Optional<Map<String, Object>> afterOrder(Function<String, T> parse) {
        return Optional.ofNullable(after)
                .map(cursor -> Map.of("order", cursor.order(parse), "number", cursor.number()));
    }

    /** The text behind which the page starts, or {@code first} for the first page. */
    public String afterText(String first) {
        return after == null ? first : after.text();
    }
}
