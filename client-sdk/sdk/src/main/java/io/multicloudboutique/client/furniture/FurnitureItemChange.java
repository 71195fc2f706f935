package io.multicloudboutique.client.furniture;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change to a furniture item. Fields that are not set keep their values. Immutable. */
public final class FurnitureItemChange {

    private final @Nullable String name;
    private final @Nullable String category;
    private final @Nullable BigDecimal price;
    private final @Nullable String productId;

    private FurnitureItemChange(
            @Nullable String name, @Nullable String category, @Nullable BigDecimal price, @Nullable String productId) {
        this.name = name;
        this.category = category;
        this.price = price;
        this.productId = productId;
    }

    /** Returns a change that sets no field. */
    public static FurnitureItemChange none() {
        return new FurnitureItemChange(null, null, null, null);
    }

    /** Returns a copy that sets the name, 1 to 200 characters. */
    public FurnitureItemChange withName(String name) {
        return new FurnitureItemChange(Objects.requireNonNull(name, "name"), category, price, productId);
    }

    /** Returns a copy that sets the category, 1 to 200 characters. */
    public FurnitureItemChange withCategory(String category) {
        return new FurnitureItemChange(name, Objects.requireNonNull(category, "category"), price, productId);
    }

    /**
     * Returns a copy that sets the price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places.
     */
    public FurnitureItemChange withPrice(BigDecimal price) {
        return new FurnitureItemChange(name, category, Objects.requireNonNull(price, "price"), productId);
    }

    /** Returns a copy that sets the id of the item's product in the inventory; {@code ""} removes the id. */
    public FurnitureItemChange withProductId(String productId) {
        return new FurnitureItemChange(name, category, price, Objects.requireNonNull(productId, "productId"));
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

    /**
     * The new id of the item's product in the inventory, or {@code ""} to remove it; {@code Optional.empty()} if this
     * change does not set it.
     */
    public Optional<String> productId() {
        return Optional.ofNullable(productId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FurnitureItemChange that
                && Objects.equals(name, that.name)
                && Objects.equals(category, that.category)
                && Objects.equals(price, that.price)
                && Objects.equals(productId, that.productId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, category, price, productId);
    }

    @Override
    public String toString() {
        return "FurnitureItemChange[name=" + name + ", category=" + category + ", price=" + price + ", productId="
                + productId + "]";
    }
}
