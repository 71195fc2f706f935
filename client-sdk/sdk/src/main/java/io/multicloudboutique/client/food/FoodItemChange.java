package io.multicloudboutique.client.food;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to change of an item. What is not set stays. Immutable.
 */
public final class FoodItemChange {

    private final @Nullable String name;
    private final @Nullable String category;
    private final @Nullable BigDecimal price;
    private final @Nullable Boolean available;
    private final @Nullable String productId;

    private FoodItemChange(
            @Nullable String name,
            @Nullable String category,
            @Nullable BigDecimal price,
            @Nullable Boolean available,
            @Nullable String productId) {
        this.name = name;
        this.category = category;
        this.price = price;
        this.available = available;
        this.productId = productId;
    }

    /** Changes nothing yet. */
    public static FoodItemChange none() {
        return new FoodItemChange(null, null, null, null, null);
    }

    /** A copy with this {@code name}: the name. */
    public FoodItemChange withName(String name) {
        return new FoodItemChange(Objects.requireNonNull(name, "name"), category, price, available, productId);
    }

    /** A copy with this {@code category}: the category. */
    public FoodItemChange withCategory(String category) {
        return new FoodItemChange(name, Objects.requireNonNull(category, "category"), price, available, productId);
    }

    /** A copy with this {@code price}: the price. */
    public FoodItemChange withPrice(BigDecimal price) {
        return new FoodItemChange(name, category, Objects.requireNonNull(price, "price"), available, productId);
    }

    /** A copy with this {@code available}: whether it can be ordered. */
    public FoodItemChange withAvailable(boolean available) {
        return new FoodItemChange(name, category, price, available, productId);
    }

    /** A copy with this {@code productId}: the inventory's product that it is stocked as; {@code ""} removes it. */
    public FoodItemChange withProductId(String productId) {
        return new FoodItemChange(name, category, price, available, Objects.requireNonNull(productId, "productId"));
    }

    /** The name. Empty if it is not set. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The category. Empty if it is not set. */
    public Optional<String> category() {
        return Optional.ofNullable(category);
    }

    /** The price. Empty if it is not set. */
    public Optional<BigDecimal> price() {
        return Optional.ofNullable(price);
    }

    /** Whether it can be ordered. Empty if it is not set. */
    public Optional<Boolean> available() {
        return Optional.ofNullable(available);
    }

    /** The inventory's product that it is stocked as; {@code ""} removes it. Empty if it is not set. */
    public Optional<String> productId() {
        return Optional.ofNullable(productId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FoodItemChange that
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
        return "FoodItemChange[name=" + name + ", category=" + category + ", price=" + price + ", available="
                + available + ", productId=" + productId + "]";
    }
}
