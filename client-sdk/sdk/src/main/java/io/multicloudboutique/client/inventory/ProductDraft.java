package io.multicloudboutique.client.inventory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A product to add to the inventory. Immutable. */
public final class ProductDraft {

    private final String productId;
    private final String name;
    private final long stockLevel;

    private ProductDraft(String productId, String name, long stockLevel) {
        this.productId = Objects.requireNonNull(productId, "productId");
        this.name = Objects.requireNonNull(name, "name");
        this.stockLevel = stockLevel;
    }

    /**
     * Creates a product.
     *
     * @param productId the id, 1 to 64 letters, digits, {@code _} and {@code -}
     * @param name the name, 1 to 200 characters
     * @param stockLevel the quantity in stock, 0 to 1,000,000,000
     */
    public static ProductDraft of(String productId, String name, long stockLevel) {
        return new ProductDraft(productId, name, stockLevel);
    }

    /** The id: 1 to 64 letters, digits, {@code _} and {@code -}. */
    public String productId() {
        return productId;
    }

    /** The name, 1 to 200 characters. */
    public String name() {
        return name;
    }

    /** The quantity in stock, 0 to 1,000,000,000. */
    public long stockLevel() {
        return stockLevel;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProductDraft that
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
        return "ProductDraft[productId=" + productId + ", name=" + name + ", stockLevel=" + stockLevel + "]";
    }
}
