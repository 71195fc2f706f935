package io.multicloudboutique.support.paging;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A page of a list, and a total of the list. Both come from one statement and therefore from one snapshot of the
 * database, so they never contradict each other. Immutable.
 */
public record PageWithTotal<T, S>(Page<T> page, S total) {

    /**
     * A row of the statement.
     *
     * @param item null if the page is empty
     */
    public record Row<T, S>(S total, @Nullable T item) {}

    /**
     * Returns a statement with one row for each item on the page, and with one row if there is no item. Each row has the
     * columns of the total and of the item.
     *
     * @param total a query with exactly one row
     * @param page the query of the page
     * @param order the columns by which the page is ordered
     */
    public static String sql(String total, String page, String order) {
        return "SELECT * FROM (" + total + ") AS total LEFT JOIN (" + page + ") AS page ON true ORDER BY " + order;
    }

    /**
     * Creates a page from the rows of the statement.
     *
     * @param cursorOf returns the position after an item
     */
    public static <T, S> Mono<PageWithTotal<T, S>> of(
            Flux<Row<T, S>> rows, PageRequest request, Function<T, Cursor> cursorOf) {
        return rows.collectList().map(all -> {
            var items = all.stream().map(Row::item).filter(Objects::nonNull).toList();
            return new PageWithTotal<>(
                    Page.of(items, request, cursorOf), all.get(0).total());
        });
    }
}
