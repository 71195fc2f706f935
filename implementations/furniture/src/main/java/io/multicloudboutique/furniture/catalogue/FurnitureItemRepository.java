package io.multicloudboutique.furniture.catalogue;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.furniture.catalogue.FurnitureItem.Draft;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.items.ItemRepository;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes the furniture catalogue in the database. */
@Repository
class FurnitureItemRepository extends ItemRepository<FurnitureItem> {

    FurnitureItemRepository(DatabaseClient database, Transactions transactions, MeterRegistry meters) {
        super(database, transactions, meters, "furniture_items", "furniture item");
    }

    /**
     * Returns one page of items, ordered by id. If a category is given, the page contains only items of exactly this
     * category.
     */
    Mono<Page<FurnitureItem>> page(@Nullable String category, PageRequest request) {
        return category == null ? pageById(request) : pageById(request, "category", category);
    }

    /** Adds items in this order. */
    Mono<List<FurnitureItem>> addAll(List<Draft> drafts) {
        return addAll(database.sql("""
                        INSERT INTO furniture_items (name, category, price, product_id)
                        SELECT name, category, price, product_id FROM unnest(:names, :categories, :prices, :productIds)
                            WITH ORDINALITY AS draft (name, category, price, product_id, position)
                        ORDER BY position RETURNING *
                        """)
                .bind("names", Columns.of(drafts, Draft::name, String[]::new))
                .bind("categories", Columns.of(drafts, Draft::category, String[]::new))
                .bind("prices", Columns.of(drafts, Draft::price, BigDecimal[]::new))
                .bind("productIds", Columns.of(drafts, Draft::productId, String[]::new)));
    }

    @Override
    protected Mono<FurnitureItem> update(FurnitureItem before, FurnitureItem after) {
        return database.sql("""
                        UPDATE furniture_items
                        SET name = :name, category = :category, price = :price, product_id = :productId, version = version + 1
                        WHERE id = :id RETURNING *
                        """)
                .bind("id", before.id())
                .bind("name", after.name())
                .bind("category", after.category())
                .bind("price", after.price())
                .bind("productId", Parameters.in(R2dbcType.VARCHAR, after.productId()))
                .map(this::item)
                .one();
    }

    @Override
    protected FurnitureItem item(Readable row) {
        return new FurnitureItem(
                row.get("id", Long.class),
                row.get("name", String.class),
                row.get("category", String.class),
                row.get("price", BigDecimal.class),
                row.get("product_id", String.class),
                row.get("version", Long.class));
    }
}
