package io.multicloudboutique.client.food;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A food item to add to the catalogue. Immutable. */
public final class FoodItemDraft {

    private final String name;
    private final String category;
    private final BigDecimal price;
    private final @Nullable Boolean available;
    private final @Nullable String productId;

    private FoodItemDraft(
            String name, String category, BigDecimal price, @Nullable Boolean available, @Nullable String productId) {
        this.name = Objects.requireNonNull(name, "name");
        this.category = Objects.requireNonNull(category, "category");
        this.price = Objects.requireNonNull(price, "price");
        this.available = available;
        this.productId = productId;
    }

    /**
     * Creates an item with the required fields.
     *
     * @param name the name, 1 to 200 characters
     * @param category the category, 1 to 200 characters
     * @param price the price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places
     */
    public static FoodItemDraft of(String name, String category, BigDecimal price) {
        return new FoodItemDraft(name, category, price, null, null);
    }

    /** Returns a copy that sets whether the item can be ordered. Defaults to true. */
    public FoodItemDraft withAvailable(boolean available) {
        return new FoodItemDraft(name, category, price, available, productId);
    }

    /** Returns a copy that sets the id of the item's product in the inventory. */
    public FoodItemDraft withProductId(String productId) {
        return new FoodItemDraft(name, category, price, available, Objects.requireNonNull(productId, "productId"));
    }

    /** The name, 1 to 200 characters. */
    public String name() {
        return name;
    }

    /** The category, 1 to 200 characters. */
    public String category() {
        return category;
    }

    /** The price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places. */
    public BigDecimal price() {
        return price;
    }

    /** Whether the item can be ordered; empty for the default, true. */
    public Optional<Boolean> available() {
        return Optional.ofNullable(available);
    }

    /** The id of the item's product in the inventory; empty if it is not set. */
    public Optional<String> productId() {
        return Optional.ofNullable(productId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FoodItemDraft that
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
        return "FoodItemDraft[name=" + name + ", category=" + category + ", price=" + price + ", available=" + available
                + ", productId=" + productId + "]";
    }
}
