package io.multicloudboutique.support.items;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.support.batching.ReadsById;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.versions.EntityTags;
import io.r2dbc.spi.Readable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads, changes and deletes the items of one table, which has the columns {@code id} and {@code version}. Changes and
 * deletions lock the item and check that it still has a version that the client accepts. A service extends this class
 * with the SQL for the other columns. Thread-safe.
 *
 * @param <T> an immutable record whose {@code equals} compares all stored values
 */
public abstract class ItemRepository<T extends Item> {

    protected final DatabaseClient database;
    private final Transactions transactions;
    private final String table;
    private final String columns;
    private final String itemName;
    private final ReadsById<Long, T> reads;

    /**
     * @param meters the registry for the metrics of reads
     * @param table the table, in the service's schema
     * @param columns the columns that {@link #item} reads, comma-separated
     * @param itemName the name of an item in problems, such as {@code food item}
     */
    protected ItemRepository(
            DatabaseClient database,
            Transactions transactions,
            MeterRegistry meters,
            String table,
            String columns,
            String itemName) {
        this.database = database;
        this.transactions = transactions;
        this.table = table;
        this.columns = columns;
        this.itemName = itemName;
        reads = new ReadsById<>(table.replace('_', '-'), meters, this::findAll, Item::id);
    }

    /** Converts a row of the table to an item. */
    protected abstract T item(Readable row);

    /**
     * Writes the new state of a locked item and increments its version.
     *
     * @param before the item as it is stored
     * @param after the item to store, not equal to {@code before}
     * @return the item as it is stored now
     */
    protected abstract Mono<T> update(T before, T after);

    /** Finds the item with this id. Fails with the problem {@code not-found} if there is none. */
    public Mono<T> find(long id) {
        return reads.find(id).switchIfEmpty(Mono.error(() -> notFound(id)));
    }

    private Flux<T> findAll(Set<Long> ids) {
        return database.sql("SELECT " + columns + " FROM " + table + " WHERE id = ANY(:ids)")
                .bind("ids", ids.toArray(Long[]::new))
                .map(this::item)
                .all();
    }

    /**
     * Adds items.
     *
     * @param insert a statement that inserts all of them in order and returns their rows
     * @return the added items, in the order of their ids
     */
    protected final Mono<List<T>> addAll(DatabaseClient.GenericExecuteSpec insert) {
        return insert.map(this::item).all().collectSortedList(Comparator.comparing(Item::id));
    }

    /**
     * Changes an item. If the new item equals the current item, nothing is written and the version stays the same.
     *
     * @param ifMatch the If-Match header, well formed; null accepts every version
     * @param change computes the new item from the current item
     * @return the item after the change. Fails with {@code not-found} if there is no item with this id, and
     *     with {@code precondition-failed} if its version does not match
     */
    public Mono<T> change(long id, @Nullable String ifMatch, UnaryOperator<T> change) {
        return transactions.run(lock(id, ifMatch).flatMap(before -> {
            var after = change.apply(before);
            return after.equals(before) ? Mono.just(before) : update(before, after);
        }));
    }

    /**
     * Deletes an item.
     *
     * @param ifMatch the If-Match header, well formed; null accepts every version
     * @return the deleted item. Fails with {@code not-found} if there is no item with this id, and with
     *     {@code precondition-failed} if its version does not match
     */
    public Mono<T> delete(long id, @Nullable String ifMatch) {
        return transactions.run(lock(id, ifMatch).flatMap(item -> remove(item).thenReturn(item)));
    }

    /** Deletes the row of a locked item. */
    protected Mono<Void> remove(T item) {
        return database.sql("DELETE FROM " + table + " WHERE id = :id")
                .bind("id", item.id())
                .then();
    }

    // The conditions on a column are ranges. For "column = value ORDER BY id", PostgreSQL might read all items in the
    // order of their ids and filter them. That is slow if the items with this value come late in that order.

    /**
     * Returns one page of the list of all items, ordered by id. This method is not final, because Spring calls it
     * through a proxy.
     */
    public Mono<Page<T>> pageById(PageRequest request) {
        var where = new Conditions().and("id > :after", "after", request.afterNumber(0));
        return page(where, "id", request, ItemRepository::atId);
    }

    /**
     * Returns one page of the items that have this value in this column, ordered by id. The table needs an index on the
     * column and the id.
     */
    protected final Mono<Page<T>> pageById(PageRequest request, String column, Object value) {
        var where = new Conditions()
                .and(
                        "(" + column + ", id) > (:value, :after) AND " + column + " <= :value",
                        Map.of("value", value, "after", request.afterNumber(0)));
        return page(where, column + ", id", request, ItemRepository::atId);
    }

    /** Returns one page of the list of all items, with the highest ids first. */
    protected final Mono<Page<T>> pageNewestFirst(PageRequest request) {
        var where = new Conditions().and("id < :before", "before", request.afterNumber(Long.MAX_VALUE));
        return page(where, "id DESC", request, ItemRepository::atId);
    }

    /**
     * Returns one page of the items that have this text in this column, whatever its letter case, with the highest ids first.
     * The table needs an index on {@code lower(column)} and the id.
     */
    protected final Mono<Page<T>> pageNewestFirstIgnoringCase(PageRequest request, String column, String text) {
        var lower = "lower(" + column + ")";
        var where = new Conditions()
                .and(
                        "(" + lower + ", id) < (lower(:text), :before) AND " + lower + " >= lower(:text)",
                        Map.of("text", text, "before", request.afterNumber(Long.MAX_VALUE)));
        return page(where, lower + " DESC, id DESC", request, ItemRepository::atId);
    }

    /**
     * Returns one page of the items that match the conditions.
     *
     * @param where the conditions, including the start of the page in terms of {@code order}
     * @param order the columns of ORDER BY
     * @param cursorOf returns the position of an item in terms of {@code order}
     */
    private Mono<Page<T>> page(Conditions where, String order, PageRequest request, Function<T, Cursor> cursorOf) {
        return Page.of(
                database.sql("SELECT " + columns + " FROM " + table + " WHERE " + where + " ORDER BY " + order
                                + " LIMIT :rows")
                        .bindValues(where.values())
                        .bind("rows", request.rows())
                        .map(this::item)
                        .all(),
                request,
                cursorOf);
    }

    private static Cursor atId(Item item) {
        return Cursor.at(item.id());
    }

    private Mono<T> lock(long id, @Nullable String ifMatch) {
        return database.sql("SELECT " + columns + " FROM " + table + " WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map(this::item)
                .one()
                .switchIfEmpty(Mono.error(() -> notFound(id)))
                .doOnNext(item -> EntityTags.requireMatch(ifMatch, item.version()));
    }

    private ProblemException notFound(long id) {
        return ProblemException.notFound(itemName, id);
    }
}
