package io.multicloudboutique.benchmarks.plain;

import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** The statements of {@code peers/fastify.js}. */
@Repository
class ProductRepository {

    record Page(long total, List<Product> data) {}

    record Stored(String request, String response) {}

    private static final String COLUMNS = "product_id, name, stock_level, reserved, last_updated";

    private static final String CHANGED = """
            WITH changed AS (
                UPDATE products SET reserved = reserved + :quantity, last_updated = now()
                WHERE product_id = :id AND stock_level - reserved >= :quantity
                RETURNING product_id, name, stock_level, reserved, last_updated
            ), moved AS (
                INSERT INTO movements (product_id, kind, reserved_delta) SELECT product_id, 'reserve', :quantity FROM changed
            )
            """;

    private final DatabaseClient database;

    ProductRepository(DatabaseClient database) {
        this.database = database;
    }

    Mono<Product> find(String id) {
        return database.sql("SELECT " + COLUMNS + " FROM products WHERE product_id = :id")
                .bind("id", id)
                .map(Product::of)
                .one();
    }

    Mono<Page> list(int limit) {
        record Row(long total, Product product) {}
        return database.sql("SELECT " + COLUMNS + ", (SELECT count(*) FROM products) AS total"
                        + " FROM products ORDER BY product_id LIMIT :limit")
                .bind("limit", limit)
                .map(row -> new Row(row.get("total", Long.class), Product.of(row)))
                .all()
                .collectList()
                .map(rows -> new Page(
                        rows.isEmpty() ? 0 : rows.get(0).total(),
                        rows.stream().map(Row::product).toList()));
    }

    /** Returns the product after the change, or nothing if there is no such product or not enough stock. */
    Mono<Product> reserve(String id, long quantity) {
        return database.sql(CHANGED + "SELECT * FROM changed")
                .bind("id", id)
                .bind("quantity", quantity)
                .map(Product::of)
                .one();
    }

    /** As {@link #reserve(String, long)}; fails with a violated constraint, and changes nothing, if the key exists. */
    Mono<Product> reserve(String id, long quantity, String path, String key) {
        return database.sql(CHANGED + """
                                , keyed AS (
                                    INSERT INTO idempotency_keys (path, key, request, response)
                                    SELECT :path, :key, :request, to_jsonb(changed) FROM changed
                                ) SELECT * FROM changed
                                """)
                .bind("id", id)
                .bind("quantity", quantity)
                .bind("path", path)
                .bind("key", key)
                .bind("request", Long.toString(quantity))
                .map(Product::of)
                .one();
    }

    Mono<Stored> stored(String path, String key) {
        return database.sql("SELECT request, response::text FROM idempotency_keys WHERE path = :path AND key = :key")
                .bind("path", path)
                .bind("key", key)
                .map(row -> new Stored(row.get("request", String.class), row.get("response", String.class)))
                .one();
    }
}
