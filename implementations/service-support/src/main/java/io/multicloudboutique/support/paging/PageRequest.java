package io.multicloudboutique.support.paging;

import java.time.temporal.Temporal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a client requests. Immutable.
 *
 * @param limit the maximum number of items on the page
 * @param after the position at which the page starts; null for the first page
 */
public record PageRequest(int limit, @Nullable Cursor after) {

    /**
     * Creates a page request from the query parameters of a request. A malformed cursor is rejected with the problem
     * {@code validation-failed}.
     */
    public static PageRequest of(int limit, @Nullable String cursor) {
        return new PageRequest(limit, cursor == null ? null : Cursor.decode(cursor));
    }

    /** Returns the number of rows to read: one more than the limit, to detect whether there is a next page. */
    public int rows() {
        return limit + 1;
    }

    /** Returns the number of the item before the page, or {@code first} for the first page. */
    public long afterNumber(long first) {
        return after == null ? first : after.number();
    }

    /**
     * Returns the date or timestamp and the number of the item before the page, under the names {@code order} and
     * {@code number}. The result is empty for the first page.
     *
     * @param parse parses the date or timestamp
     */
    public <T extends Temporal> Optional<Map<String, Object>> afterOrder(Function<String, T> parse) {
        return Optional.ofNullable(after)
                .map(cursor -> Map.of("order", cursor.order(parse), "number", cursor.number()));
    }

    /** Returns the key of the item before the page, or {@code first} for the first page. */
    public String afterText(String first) {
        return after == null ? first : after.text();
    }
}
