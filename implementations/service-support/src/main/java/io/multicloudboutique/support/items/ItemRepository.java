package io.multicloudboutique.support.items;

import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.versions.EntityTags;
import io.r2dbc.spi.Readable;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * The items of one table, which has the columns {@code id} and {@code version}. What a change does to an item is the item's
 * business; that it is done to the version that the client knows, and to nobody else's, is decided here. A service derives its
 * repository, with the SQL that knows the other columns. Thread-safe.
 *
 * @param <T> an immutable record whose {@code equals} compares all that is kept
 */
public abstract class ItemRepository<T extends Item> {

    protected final DatabaseClient database;
    private final Transactions transactions;
    private final String table;
    private final String what;

    /**
     * @param table the table, in the service's schema
     * @param what how problems name an item, such as {@code food item}
     */
    protected ItemRepository(DatabaseClient database, Transactions transactions, String table, String what) {
        this.database = database;
        this.transactions = transactions;
        this.table = table;
        this.what = what;
    }

    /** A row of the table as an item. */
    protected abstract T item(Readable row);

    /** Writes what an item, which is locked, has become, and raises its version. */
    protected abstract Mono<T> update(T before, T after);

    /** The item with this id; a problem if there is none. */
    public Mono<T> find(long id) {
        return one("SELECT * FROM " + table + " WHERE id = :id", id);
    }

    /**
     * Changes an item, unless it stays as it is.
     *
     * @param ifMatch the header, well formed, or null: which version it has to be
     * @param change makes the new item out of the present one
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
     * @param ifMatch the header, well formed, or null: which version it has to be
     * @return the item as it was
     */
    public Mono<T> delete(long id, @Nullable String ifMatch) {
        return transactions.run(lock(id, ifMatch).flatMap(item -> remove(item).thenReturn(item)));
    }

    /** Removes an item, which is locked. */
    protected Mono<Void> remove(T item) {
        return database.sql("DELETE FROM " + table + " WHERE id = :id")
                .bind("id", item.id())
                .then();
    }

    // Values are looked for as ranges. With "column = value ORDER BY id" PostgreSQL may as well read all items by id
    // and leave out the others, which takes long if the ones with this value are old.

    /** The items by id. */
    public Mono<Page<T>> pageById(PageRequest request) {
        var where = new Conditions().and("id > :after", "after", request.afterNumber(0));
        return page(where, "id", request, ItemRepository::atId);
    }

    /** The items that have this value in a column, by id; the table has an index of the column and the id. */
    protected final Mono<Page<T>> pageById(PageRequest request, String column, Object value) {
        var where = new Conditions()
                .and(
                        "(" + column + ", id) > (:value, :after) AND " + column + " <= :value",
                        Map.of("value", value, "after", request.afterNumber(0)));
        return page(where, column + ", id", request, ItemRepository::atId);
    }

    /** The items, those with the highest ids first. */
    protected final Mono<Page<T>> pageNewestFirst(PageRequest request) {
        var where = new Conditions().and("id < :before", "before", request.afterNumber(Long.MAX_VALUE));
        return page(where, "id DESC", request, ItemRepository::atId);
    }

    /** The items that have this value in a column, those with the highest ids first; there is an index of column and id. */
    protected final Mono<Page<T>> pageNewestFirst(PageRequest request, String column, Object value) {
        var where = new Conditions()
                .and(
                        "(" + column + ", id) < (:value, :before) AND " + column + " >= :value",
                        Map.of("value", value, "before", request.afterNumber(Long.MAX_VALUE)));
        return page(where, column + " DESC, id DESC", request, ItemRepository::atId);
    }

    /** The items that the conditions match, in an order that conditions and cursors have to fit. */
    protected final Mono<Page<T>> page(
            Conditions where, String order, PageRequest request, Function<T, Cursor> cursorOf) {
        return Page.of(
                database.sql("SELECT * FROM " + table + " WHERE " + where + " ORDER BY " + order + " LIMIT :rows")
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
        return one("SELECT * FROM " + table + " WHERE id = :id FOR UPDATE", id)
                .doOnNext(item -> EntityTags.requireMatch(ifMatch, item.version()));
    }

    private Mono<T> one(String sql, long id) {
        return database.sql(sql)
                .bind("id", id)
                .map(this::item)
                .one()
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound(what, id)));
    }
}
