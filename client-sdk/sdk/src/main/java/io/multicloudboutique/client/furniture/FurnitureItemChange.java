package io.multicloudboutique.client.furniture;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What to change of an item. What is not set stays. Immutable.
 */
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

    /** Changes nothing yet. */
    public static FurnitureItemChange none() {
        return new FurnitureItemChange(null, null, null, null);
    }

    /** A copy with this {@code name}: the name. */
    public FurnitureItemChange withName(String name) {
        return new FurnitureItemChange(Objects.requireNonNull(name, "name"), category, price, productId);
    }

    /** A copy with this {@code category}: the category. */
    public FurnitureItemChange withCategory(String category) {
        return new FurnitureItemChange(name, Objects.requireNonNull(category, "category"), price, productId);
    }

    /** A copy with this {@code price}: the price. */
    public FurnitureItemChange withPrice(BigDecimal price) {
        return new FurnitureItemChange(name, category, Objects.requireNonNull(price, "price"), productId);
    }

    /** A copy with this {@code productId}: the inventory's product that it is stocked as; {@code ""} removes it. */
    public FurnitureItemChange withProductId(String productId) {
        return new FurnitureItemChange(name, category, price, Objects.requireNonNull(productId, "productId"));
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

    /** The inventory's product that it is stocked as; {@code ""} removes it. Empty if it is not set. */
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
