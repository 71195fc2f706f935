package io.multicloudboutique.inventory.stock;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.inventory.stock.Product.Draft;
import io.multicloudboutique.support.batching.ReadsById;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.paging.PageWithTotal;
import io.multicloudboutique.support.totals.Totals;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Reads and adds products. {@link StockRepository} changes them. */
@Repository
class ProductRepository {

    /** The columns that {@link #product} reads. */
    static final String COLUMNS = "product_id, name, stock_level, unassigned, held, version, last_updated";

    private static final String TOTAL = "products";

    private final DatabaseClient database;
    private final Totals totals;
    private final ReadsById<String, Product> reads;

    ProductRepository(DatabaseClient database, Totals totals, MeterRegistry meters) {
        this.database = database;
        this.totals = totals;
        reads = new ReadsById<>("products", meters, this::findAll, Product::productId);
    }

    /** Returns one page of products, ordered by id, and the number of all products. */
    Mono<PageWithTotal<Product, Long>> page(PageRequest request) {
        var statement = database.sql(PageWithTotal.sql(
                        Totals.READ,
                        "SELECT " + COLUMNS
                                + " FROM products WHERE product_id > :after ORDER BY product_id LIMIT :rows",
                        "product_id"))
                .bind("total", TOTAL)
                .bind("after", request.afterText(""))
                .bind("rows", request.rows());
        return PageWithTotal.of(
                statement,
                request,
                "product_id",
                ProductRepository::product,
                row -> Totals.total(row).items(),
                product -> Cursor.at(product.productId()));
    }

    Mono<Product> find(String productId) {
        return reads.find(productId);
    }

    private Flux<Product> findAll(Set<String> productIds) {
        return database.sql("SELECT " + COLUMNS + " FROM products WHERE product_id = ANY(:productIds)")
                .bind("productIds", productIds.toArray(String[]::new))
                .map(ProductRepository::product)
                .all();
    }

    /**
     * Adds products in this order, in the transaction of the caller.
     *
     * @return an element for each draft; empty if a product with its id already exists
     */
    Mono<List<Optional<Product>>> addAll(List<Draft> drafts) {
        return database.sql("""
                        WITH added AS (
                            INSERT INTO products (product_id, name, stock_level)
                            SELECT product_id, name, stock_level FROM unnest(:productIds, :names, :stockLevels) WITH ORDINALITY
                                AS draft (product_id, name, stock_level, position)
                            ORDER BY product_id, position ON CONFLICT (product_id) DO NOTHING RETURNING %s
                        ), moved AS (
                            INSERT INTO movements (product_id, kind, stock_delta, reserved_delta, created_at)
                            SELECT product_id, 'opening', stock_level, 0, last_updated FROM added
                        )
                        SELECT * FROM added
                        """.formatted(COLUMNS))
                .bind("productIds", Columns.of(drafts, Draft::productId, String[]::new))
                .bind("names", Columns.of(drafts, Draft::name, String[]::new))
                .bind("stockLevels", Columns.of(drafts, Draft::stockLevel, Long[]::new))
                .map(ProductRepository::product)
                .all()
                .collectMap(Product::productId)
                .flatMap(added -> totals.add(TOTAL, added.size(), BigDecimal.ZERO)
                        .thenReturn(drafts.stream()
                                .map(draft -> Optional.ofNullable(added.remove(draft.productId())))
                                .toList()));
    }

    static Product product(Readable row) {
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
