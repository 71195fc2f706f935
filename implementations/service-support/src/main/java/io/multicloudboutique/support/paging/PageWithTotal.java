package io.multicloudboutique.support.paging;

import io.multicloudboutique.support.database.Transactions;
import io.r2dbc.spi.Readable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * A page of a list, and a total of the list. Both come from one statement and therefore from one snapshot of the
 * database, so they never contradict each other. Immutable.
 */
public record PageWithTotal<T, S>(Page<T> page, S total) {

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
     * Runs the statement.
     *
     * @param key a column that is null only if there is no item
     * @param item converts a row to an item
     * @param total converts a row to the total
     * @param cursorOf returns the position after an item
     */
    public static <T, S> Mono<PageWithTotal<T, S>> of(
            DatabaseClient.GenericExecuteSpec statement,
            PageRequest request,
            String key,
            Function<Readable, T> item,
            Function<Readable, S> total,
            Function<T, Cursor> cursorOf) {
        return Mono.defer(() -> {
            var totalOfList = new AtomicReference<S>(); // the same in each row
            return Transactions.finish(statement
                            .map(row -> {
                                if (totalOfList.get() == null) {
                                    totalOfList.set(total.apply(row));
                                }
                                return row.get(key) == null ? Optional.<T>empty() : Optional.of(item.apply(row));
                            })
                            .all()
                            .collectList())
                    .map(rows -> new PageWithTotal<>(
                            Page.of(rows.stream().flatMap(Optional::stream).toList(), request, cursorOf),
                            totalOfList.get()));
        });
    }
}
