package io.multicloudboutique.client.food;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An item to put into the catalogue. Immutable.
 */
public final class NewFoodItem {

    private final String name;
    private final String category;
    private final BigDecimal price;
    private final @Nullable Boolean available;
    private final @Nullable String productId;

    private NewFoodItem(
            String name, String category, BigDecimal price, @Nullable Boolean available, @Nullable String productId) {
        this.name = Objects.requireNonNull(name, "name");
        this.category = Objects.requireNonNull(category, "category");
        this.price = Objects.requireNonNull(price, "price");
        this.available = available;
        this.productId = productId;
    }

    /** An item with what is needed. */
    public static NewFoodItem of(String name, String category, BigDecimal price) {
        return new NewFoodItem(name, category, price, null, null);
    }

    /** A copy with this {@code available}: whether it can be ordered. Defaults to true. */
    public NewFoodItem withAvailable(boolean available) {
        return new NewFoodItem(name, category, price, available, productId);
    }

    /** A copy with this {@code productId}: the inventory's product that it is stocked as. */
    public NewFoodItem withProductId(String productId) {
        return new NewFoodItem(name, category, price, available, Objects.requireNonNull(productId, "productId"));
    }

    /** The name, 1 to 200 characters. */
    public String name() {
        return name;
    }

    /** The category, 1 to 200 characters. */
    public String category() {
        return category;
    }

    /** The price, 0 to 9,999,999.99, with at most two decimals. */
    public BigDecimal price() {
        return price;
    }

    /** Whether it can be ordered. Defaults to true. Empty if it is not set. */
    public Optional<Boolean> available() {
        return Optional.ofNullable(available);
    }

    /** The inventory's product that it is stocked as. Empty if it is not set. */
    public Optional<String> productId() {
        return Optional.ofNullable(productId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NewFoodItem that
                && Objects.equals(name, that.name)
                && Objects.equals(category, that.category)
                && Objects.equals(price, that.price)
                && Objects.equals(available, that.available)
                && Objects.equals(productId, that.productId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, category, price, available, productId);
    }

    @Override
    public String toString() {
        return "NewFoodItem[name=" + name + ", category=" + category + ", price=" + price + ", available=" + available
                + ", productId=" + productId + "]";
    }
}
