package io.multicloudboutique.client.furniture;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A furniture item to add to the catalogue. Immutable. */
public final class FurnitureItemDraft {

    private final String name;
    private final String category;
    private final BigDecimal price;
    private final @Nullable String productId;

    private FurnitureItemDraft(String name, String category, BigDecimal price, @Nullable String productId) {
        this.name = Objects.requireNonNull(name, "name");
        this.category = Objects.requireNonNull(category, "category");
        this.price = Objects.requireNonNull(price, "price");
        this.productId = productId;
    }

    /**
     * Creates an item with the required fields.
     *
     * @param name the name, 1 to 200 characters
     * @param category the category, 1 to 200 characters
     * @param price the price in the shop's currency, 0 to 9,999,999.99, with at most two decimal places
     */
    public static FurnitureItemDraft of(String name, String category, BigDecimal price) {
        return new FurnitureItemDraft(name, category, price, null);
    }

    /** Returns a copy that sets the id of the item's product in the inventory. */
    public FurnitureItemDraft withProductId(String productId) {
        return new FurnitureItemDraft(name, category, price, Objects.requireNonNull(productId, "productId"));
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

    /** The id of the item's product in the inventory; empty if it is not set. */
    public Optional<String> productId() {
        return Optional.ofNullable(productId);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FurnitureItemDraft that
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
        return "FurnitureItemDraft[name=" + name + ", category=" + category + ", price=" + price + ", productId="
                + productId + "]";
    }
}
