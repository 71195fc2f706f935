package io.multicloudboutique.client.inventory;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change to a product. Fields that are not set keep their values. Immutable. */
public final class ProductChange {

    private final @Nullable Long stockLevel;
    private final @Nullable String name;

    private ProductChange(@Nullable Long stockLevel, @Nullable String name) {
        this.stockLevel = stockLevel;
        this.name = name;
    }

    /** Returns a change that sets no field. */
    public static ProductChange none() {
        return new ProductChange(null, null);
    }

    /** Returns a copy that sets the quantity in stock, including reserved stock: 0 to 1,000,000,000. */
    public ProductChange withStockLevel(long stockLevel) {
        return new ProductChange(stockLevel, name);
    }

    /** Returns a copy that sets the name, 1 to 200 characters. */
    public ProductChange withName(String name) {
        return new ProductChange(stockLevel, Objects.requireNonNull(name, "name"));
    }

    /** The new quantity in stock, including reserved stock; empty if this change does not set it. */
    public Optional<Long> stockLevel() {
        return Optional.ofNullable(stockLevel);
    }

    /** The new name; empty if this change does not set it. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProductChange that
                && Objects.equals(stockLevel, that.stockLevel)
                && Objects.equals(name, that.name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(stockLevel, name);
    }

    @Override
    public String toString() {
        return "ProductChange[stockLevel=" + stockLevel + ", name=" + name + "]";
    }
}
