package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.totals.Totals;
import io.multicloudboutique.support.totals.Totals.Total;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/**
 * Reads and writes products in the database. Each change of stock is one SQL statement, which also writes the movement.
 */
@Repository
class ProductRepository {

    private static final String TOTAL = "products";

    private final DatabaseClient database;
    private final Totals totals;

    ProductRepository(DatabaseClient database, Totals totals) {
        this.database = database;
        this.totals = totals;
    }

    Mono<Page<Product>> page(PageRequest request) {
        return Page.of(
                database.sql("SELECT * FROM products WHERE product_id > :after ORDER BY product_id LIMIT :rows")
                        .bind("after", request.afterText(""))
                        .bind("rows", request.rows())
                        .map(ProductRepository::product)
                        .all(),
                request,
                product -> new Cursor(product.productId()));
    }

    Mono<Long> total() {
        return totals.of(TOTAL).map(Total::items);
    }

    Mono<Product> find(String productId) {
        return database.sql("SELECT * FROM products WHERE product_id = :productId")
                .bind("productId", productId)
                .map(ProductRepository::product)
                .one();
    }

    /** Reads a product and locks it until the transaction ends. */
    Mono<Product> lock(String productId) {
        return database.sql("SELECT * FROM products WHERE product_id = :productId FOR UPDATE")
                .bind("productId", productId)
                .map(ProductRepository::product)
                .one();
    }

    /** Adds a product. Returns an empty Mono if a product with this id already exists. Must run in a transaction. */
    Mono<Product> add(String productId, String name, long stockLevel) {
        return database.sql("""
                        WITH added AS (
                            INSERT INTO products (product_id, name, stock_level) VALUES (:productId, :name, :stockLevel)
                            ON CONFLICT (product_id) DO NOTHING RETURNING *
                        ), moved AS (
                            INSERT INTO movements (product_id, kind, stock_delta, reserved_delta)
                            SELECT product_id, 'opening', stock_level, 0 FROM added
                        )
                        SELECT * FROM added
                        """)
                .bind("productId", productId)
                .bind("name", name)
                .bind("stockLevel", stockLevel)
                .map(ProductRepository::product)
                .one()
                .flatMap(product -> totals.add(TOTAL, 1, BigDecimal.ZERO).thenReturn(product));
    }

    /** Writes a changed product. The caller must have locked it. */
    Mono<Product> update(Product before, Product after) {
        return database.sql("""
                        WITH changed AS (
                            UPDATE products
                            SET name = :name, stock_level = :stockLevel, version = version + 1, last_updated = now()
                            WHERE product_id = :productId RETURNING *
                        ), moved AS (
                            INSERT INTO movements (product_id, kind, stock_delta, reserved_delta)
                            SELECT :productId, 'adjustment', :delta, 0 WHERE :delta <> 0
                        )
                        SELECT * FROM changed
                        """)
                .bind("productId", after.productId())
                .bind("name", after.name())
                .bind("stockLevel", after.stockLevel())
                .bind("delta", after.stockLevel() - before.stockLevel())
                .map(ProductRepository::product)
                .one();
    }

    /**
     * Reserves a quantity. Returns an empty Mono if the product does not exist, or if the available quantity is lower
     * than the requested one.
     */
    Mono<Product> reserve(String productId, long quantity) {
        return database.sql("""
                        WITH changed AS (
                            UPDATE products SET unassigned = unassigned + :quantity, version = version + 1, last_updated = now()
                            WHERE product_id = :productId AND stock_level - unassigned - held >= :quantity RETURNING *
                        ), moved AS (
                            INSERT INTO movements (product_id, kind, stock_delta, reserved_delta)
                            SELECT product_id, 'reserve', 0, :quantity FROM changed
                        )
                        SELECT * FROM changed
                        """)
                .bind("productId", productId)
                .bind("quantity", quantity)
                .map(ProductRepository::product)
                .one();
    }

    /**
     * Releases a quantity. Returns an empty Mono if the product does not exist, or if the unassigned quantity is lower
     * than the requested one.
     */
    Mono<Product> release(String productId, long quantity) {
        return database.sql("""
                        WITH changed AS (
                            UPDATE products SET unassigned = unassigned - :quantity, version = version + 1, last_updated = now()
                            WHERE product_id = :productId AND unassigned >= :quantity RETURNING *
                        ), moved AS (
                            INSERT INTO movements (product_id, kind, stock_delta, reserved_delta)
                            SELECT product_id, 'release', 0, -:quantity FROM changed
                        )
                        SELECT * FROM changed
                        """)
                .bind("productId", productId)
                .bind("quantity", quantity)
                .map(ProductRepository::product)
                .one();
    }

    private static Product product(Readable row) {
        return new Product(
                row.get("product_id", String.class),
                row.get("name", String.class),
                row.get("stock_level", Long.class),
                row.get("unassigned", Long.class),
                row.get("held", Long.class),
                row.get("version", Long.class),
                row.get("last_updated", OffsetDateTime.class));
    }
}
