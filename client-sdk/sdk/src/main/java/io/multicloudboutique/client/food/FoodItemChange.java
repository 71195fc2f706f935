package io.multicloudboutique.client.food;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change to a food item. Fields that are not set keep their values. Immutable. */
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

    /** Returns a change that sets no field. */
    public static FoodItemChange none() {
        return new FoodItemChange(null, null, null, null, null);
    }

    /** Returns a copy that sets the name, 1 to 200 characters. */
    public FoodItemChange withName(String name) {
        return new FoodItemChange(Objects.requireNonNull(name, "name"), category, price, available, productId);
    }

    /** Returns a copy that sets the category, 1 to 200 characters. */
    public FoodItemChange withCategory(String category) {
        return new FoodItemChange(name, Objects.requireNonNull(category, "category"), price, available, productId);
    }

    /**
     * Returns a copy that sets the price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places.
     */
    public FoodItemChange withPrice(BigDecimal price) {
        return new FoodItemChange(name, category, Objects.requireNonNull(price, "price"), available, productId);
    }

    /** Returns a copy that sets whether the item can be ordered. */
    public FoodItemChange withAvailable(boolean available) {
        return new FoodItemChange(name, category, price, available, productId);
    }

    /** Returns a copy that sets the id of the item's product in the inventory; {@code ""} removes the id. */
    public FoodItemChange withProductId(String productId) {
        return new FoodItemChange(name, category, price, available, Objects.requireNonNull(productId, "productId"));
    }

    /** The new name; empty if this change does not set it. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The new category; empty if this change does not set it. */
    public Optional<String> category() {
        return Optional.ofNullable(category);
    }

    /** The new price; empty if this change does not set it. */
    public Optional<BigDecimal> price() {
        return Optional.ofNullable(price);
    }

    /** Whether the item can be ordered; empty if this change does not set it. */
    public Optional<Boolean> available() {
        return Optional.ofNullable(available);
    }

    /**
     * The new id of the item's product in the inventory, or {@code ""} to remove it; {@code Optional.empty()} if this
     * change does not set it.
     */
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
