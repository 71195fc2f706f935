package io.multicloudboutique.support.paging;

import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list that a client requests. Immutable.
 *
 * @param list the list and its filters, to which the cursors of its pages belong
 * @param limit the maximum number of items on the page
 * @param after the position at which the page starts; null for the first page
 */
public record PageRequest(String list, int limit, @Nullable Cursor after) {

    /**
     * Creates a page request from the query parameters of a request. A malformed cursor, and a cursor of another list or
     * of other filters, is rejected with the problem {@code validation-failed}.
     *
     * @param operation the id of the operation that returns the list
     * @param filters everything that selects the items of the list, always in the same order; null for a filter that the
     *     client did not send
     */
    public static PageRequest of(int limit, @Nullable String cursor, String operation, @Nullable Object... filters) {
        var list = list(operation, filters);
        return new PageRequest(list, limit, cursor == null ? null : Cursor.decode(list, cursor));
    }

    /** Returns the operation and its filters on one line each. No filter contains a line feed. */
    private static String list(String operation, @Nullable Object... filters) {
        return Stream.concat(Stream.of(operation), Stream.of(filters).map(PageRequest::text))
                .collect(Collectors.joining("\n"));
    }

    /** Returns the same text for the same time, whatever its offset, and no text without a filter. */
    private static String text(@Nullable Object filter) {
        if (filter == null) {
            return "";
        }
        return filter instanceof OffsetDateTime time ? time.toInstant().toString() : filter.toString();
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
