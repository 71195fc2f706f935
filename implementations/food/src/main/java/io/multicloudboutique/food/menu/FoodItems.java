package io.multicloudboutique.food.menu;

import io.multicloudboutique.food.menu.FoodItem.Draft;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The menu in the database. */
@Repository
class FoodItems {

    private final DatabaseClient database;

    FoodItems(DatabaseClient database) {
        this.database = database;
    }

    Mono<Page<FoodItem>> page(PageRequest request) {
        return database.sql("SELECT * FROM food_items WHERE id > :after ORDER BY id LIMIT :rows")
                .bind("after", request.afterNumber(0))
                .bind("rows", request.rows())
                .map(FoodItems::foodItem)
                .all()
                .collectList()
                .map(rows -> Page.of(rows, request, item -> Cursor.at(item.id())));
    }

    Mono<FoodItem> find(long id) {
        return database.sql("SELECT * FROM food_items WHERE id = :id")
                .bind("id", id)
                .map(FoodItems::foodItem)
                .one();
    }

    /** Reads it and keeps others from changing it until the transaction ends. */
    Mono<FoodItem> lock(long id) {
        return database.sql("SELECT * FROM food_items WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map(FoodItems::foodItem)
                .one();
    }

    Mono<FoodItem> add(Draft draft) {
        var sql = database.sql("""
                        INSERT INTO food_items (name, category, price, available, product_id)
                        VALUES (:name, :category, :price, :available, :productId) RETURNING *
                        """)
                .bind("name", draft.name())
                .bind("category", draft.category())
                .bind("price", draft.price())
                .bind("available", draft.available());
        return bindProductId(sql, draft.productId()).map(FoodItems::foodItem).one();
    }

    Mono<FoodItem> update(FoodItem item) {
        var sql = database.sql("""
                        UPDATE food_items SET name = :name, category = :category, price = :price, available = :available,
                            product_id = :productId, version = version + 1
                        WHERE id = :id RETURNING *
                        """)
                .bind("id", item.id())
                .bind("name", item.name())
                .bind("category", item.category())
                .bind("price", item.price())
                .bind("available", item.available());
        return bindProductId(sql, item.productId()).map(FoodItems::foodItem).one();
    }

    Mono<FoodItem> delete(FoodItem item) {
        return database.sql("DELETE FROM food_items WHERE id = :id")
                .bind("id", item.id())
                .fetch()
                .rowsUpdated()
                .thenReturn(item);
    }

    private static DatabaseClient.GenericExecuteSpec bindProductId(
            DatabaseClient.GenericExecuteSpec sql, @Nullable String productId) {
        return productId == null ? sql.bindNull("productId", String.class) : sql.bind("productId", productId);
    }

    private static FoodItem foodItem(Readable row) {
        return new FoodItem(
                row.get("id", Long.class),
                row.get("name", String.class),
                row.get("category", String.class),
                row.get("price", BigDecimal.class),
                row.get("available", Boolean.class),
                row.get("product_id", String.class),
                row.get("version", Long.class));
    }
}
