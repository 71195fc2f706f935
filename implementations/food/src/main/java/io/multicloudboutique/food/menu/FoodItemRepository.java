package io.multicloudboutique.food.menu;

import io.micrometer.core.instrument.MeterRegistry;
import io.multicloudboutique.food.menu.FoodItem.Draft;
import io.multicloudboutique.support.database.Columns;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.items.ItemRepository;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;
import reactor.core.publisher.Mono;

/** Reads and writes the food items of the menu in the database. */
@Repository
class FoodItemRepository extends ItemRepository<FoodItem> {

    FoodItemRepository(DatabaseClient database, Transactions transactions, MeterRegistry meters) {
        super(database, transactions, meters, "food_items", "food item");
    }

    /** Adds items in this order. */
    Mono<List<FoodItem>> addAll(List<Draft> drafts) {
        return addAll(database.sql("""
                        INSERT INTO food_items (name, category, price, available, product_id)
                        SELECT name, category, price, available, product_id FROM unnest(:names, :categories, :prices, :availabilities, :productIds)
                            WITH ORDINALITY AS draft (name, category, price, available, product_id, position)
                        ORDER BY position RETURNING *
                        """)
                .bind("names", Columns.of(drafts, Draft::name, String[]::new))
                .bind("categories", Columns.of(drafts, Draft::category, String[]::new))
                .bind("prices", Columns.of(drafts, Draft::price, BigDecimal[]::new))
                .bind("availabilities", Columns.of(drafts, Draft::available, Boolean[]::new))
                .bind("productIds", Columns.of(drafts, Draft::productId, String[]::new)));
    }

    @Override
    protected Mono<FoodItem> update(FoodItem before, FoodItem after) {
        return database.sql("""
                        UPDATE food_items SET name = :name, category = :category, price = :price, available = :available,
                            product_id = :productId, version = version + 1
                        WHERE id = :id RETURNING *
                        """)
                .bind("id", before.id())
                .bind("name", after.name())
                .bind("category", after.category())
                .bind("price", after.price())
                .bind("available", after.available())
                .bind("productId", Parameters.in(R2dbcType.VARCHAR, after.productId()))
                .map(this::item)
                .one();
    }

    @Override
    protected FoodItem item(Readable row) {
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
