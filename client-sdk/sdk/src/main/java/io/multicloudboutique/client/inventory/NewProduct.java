package io.multicloudboutique.client.inventory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A product to put into the inventory. Immutable.
 */
public final class NewProduct {

    private final String productId;
    private final String name;
    private final long stockLevel;

    private NewProduct(String productId, String name, long stockLevel) {
        this.productId = Objects.requireNonNull(productId, "productId");
        this.name = Objects.requireNonNull(name, "name");
        this.stockLevel = stockLevel;
    }

    /** A product with all that it needs. */
    public static NewProduct of(String productId, String name, long stockLevel) {
        return new NewProduct(productId, name, stockLevel);
    }

    /** Its id: 1 to 64 letters, digits, {@code _} and {@code -}. */
    public String productId() {
        return productId;
    }

    /** Its name, 1 to 200 characters. */
    public String name() {
        return name;
    }

    /** How many there are, 0 to 1,000,000,000. */
    public long stockLevel() {
        return stockLevel;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewProduct that
                && Objects.equals(productId, that.productId)
                && Objects.equals(name, that.name)
                && stockLevel == that.stockLevel;
    }

    @Override
    public int hashCode() {
        return Objects.hash(productId, name, stockLevel);
    }

    @Override
    public String toString() {
        return "NewProduct[productId=" + productId + ", name=" + name + ", stockLevel=" + stockLevel + "]";
    }
}
