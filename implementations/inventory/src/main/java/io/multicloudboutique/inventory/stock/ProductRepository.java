package io.multicloudboutique.inventory.stock;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.inventory.stock.Product.Draft;
import io.multicloudboutique.support.batching.ReadsById;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Conditions;
import io.multicloudboutique.support.database.SearchText;
import io.multicloudboutique.support.paging.Cursor;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.paging.PageWithTotal;
import io.multicloudboutique.support.totals.Totals;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
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
    static final String COLUMNS = "product_id, name, stock_level, unassigned, held, version, last_updated, archived_at";

    /** The total of the products that are not archived. */
    static final String TOTAL = "products";

    private final DatabaseClient database;
    private final Totals totals;
    private final ReadsById<String, Product> reads;

    ProductRepository(DatabaseClient database, Totals totals, MeterRegistry meters) {
        this.database = database;
        this.totals = totals;
        reads = new ReadsById<>("products", meters, this::findAll, Product::productId);
    }

    /**
     * Returns one page of the matching products, ordered by id, and the number of all matching products. The number of
     * the products that are not archived is a running total. For any other filter, the query reads all matching products.
     */
    Mono<PageWithTotal<Product, Long>> page(ProductFilter filter, PageRequest request) {
        var where = conditions(filter);
        var runningTotal = filter.admitsAll() && !filter.archived();
        var statement = database.sql(filter.admitsAll() ? list(where, runningTotal) : search(where))
                .bindValues(where.values())
                .bind("after", request.afterText(""))
                .bind("rows", request.rows());
        return PageWithTotal.of(
                runningTotal ? statement.bind("total", TOTAL) : statement,
                request,
                "product_id",
                ProductRepository::product,
                row -> row.get("items", Long.class),
                product -> Cursor.at(product.productId()));
    }

    private static String list(Conditions where, boolean runningTotal) {
        return PageWithTotal.sql(
                runningTotal ? Totals.READ : "SELECT count(*) AS items FROM products WHERE " + where,
                page("products", where),
                "product_id");
    }

    /**
     * Returns a statement that first finds the matching products by an index. Otherwise, PostgreSQL may read the products
     * in the order of their ids until the page is full, and if few match, that is all of them.
     */
    private static String search(Conditions where) {
        return "WITH matching AS MATERIALIZED (SELECT " + COLUMNS + " FROM products WHERE " + where + ") "
                + PageWithTotal.sql(
                        "SELECT count(*) AS items FROM matching", page("matching", new Conditions()), "product_id");
    }

    private static String page(String source, Conditions where) {
        return "SELECT " + COLUMNS + " FROM " + source + " WHERE product_id > :after AND " + where
                + " ORDER BY product_id LIMIT :rows";
    }

    private static Conditions conditions(ProductFilter filter) {
        return new Conditions()
                .and(filter.archived() ? "archived_at IS NOT NULL" : "archived_at IS NULL", Map.of())
                .and(SearchText.matches("name", ":words"), "words", filter.words())
                .and(
                        "magnitude <= length(ltrim((:availableBelow - 1)::bit(64)::text, '0'))"
                                + " AND stock_level - unassigned - held < :availableBelow",
                        "availableBelow",
                        filter.availableBelow());
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
                        WITH drafts AS (
                            SELECT DISTINCT ON (product_id) product_id, name, stock_level, caller
                            FROM unnest(:productIds, :names, :stockLevels, :callers) WITH ORDINALITY
                                AS draft (product_id, name, stock_level, caller, position)
                            ORDER BY product_id, position
                        ), added AS (
                            INSERT INTO products (product_id, name, stock_level)
                            SELECT product_id, name, stock_level FROM drafts
                            ORDER BY product_id ON CONFLICT (product_id) DO NOTHING RETURNING %s
                        ), moved AS (
                            INSERT INTO movements (product_id, kind, stock_delta, reserved_delta, caller, created_at)
                            SELECT product_id, 'opening', added.stock_level, 0, caller, added.last_updated
                            FROM added JOIN drafts USING (product_id)
                        )
                        SELECT * FROM added
                        """.formatted(COLUMNS))
                .bind("productIds", Columns.of(drafts, Draft::productId, String[]::new))
                .bind("names", Columns.of(drafts, Draft::name, String[]::new))
                .bind("stockLevels", Columns.of(drafts, Draft::stockLevel, Long[]::new))
                .bind("callers", Columns.of(drafts, Draft::caller, String[]::new))
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
                row.get("last_updated", OffsetDateTime.class),
                row.get("archived_at", OffsetDateTime.class));
    }
}
