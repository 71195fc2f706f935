package io.multicloudboutique.client.inventory;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a product. What is not set stays. Immutable.
 */
public final class ProductChange {

    private final @Nullable Long stockLevel;
    private final @Nullable String name;

    private ProductChange(@Nullable Long stockLevel, @Nullable String name) {
        this.stockLevel = stockLevel;
        this.name = name;
    }

    /** Changes nothing yet. */
    public static ProductChange none() {
        return new ProductChange(null, null);
    }

    /** A copy with this {@code stockLevel}: how many there are, reserved ones included. */
    public ProductChange withStockLevel(long stockLevel) {
        return new ProductChange(stockLevel, name);
    }

    /** A copy with this {@code name}: its name. */
    public ProductChange withName(String name) {
        return new ProductChange(stockLevel, Objects.requireNonNull(name, "name"));
    }

    /** How many there are, reserved ones included. Empty if it is not set. */
    public Optional<Long> stockLevel() {
        return Optional.ofNullable(stockLevel);
    }

    /** Its name. Empty if it is not set. */
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
