package io.multicloudboutique.client.furniture;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which items to list. Immutable.
 */
public final class FurnitureQuery {

    private final @Nullable String category;
    private final @Nullable Integer pageSize;

    private FurnitureQuery(@Nullable String category, @Nullable Integer pageSize) {
        this.category = category;
        this.pageSize = pageSize;
    }

    /** All of them. */
    public static FurnitureQuery all() {
        return new FurnitureQuery(null, null);
    }

    /** A copy with this {@code category}: only those of exactly this category. */
    public FurnitureQuery withCategory(String category) {
        return new FurnitureQuery(Objects.requireNonNull(category, "category"), pageSize);
    }

    /** A copy with this {@code pageSize}: how many a page has at the most, 1 to 200. Defaults to 50. */
    public FurnitureQuery withPageSize(int pageSize) {
        return new FurnitureQuery(category, pageSize);
    }

    /** Only those of exactly this category. Empty if it is not set. */
    public Optional<String> category() {
        return Optional.ofNullable(category);
    }

    /** How many a page has at the most, 1 to 200. Defaults to 50. Empty if it is not set. */
    public Optional<Integer> pageSize() {
        return Optional.ofNullable(pageSize);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FurnitureQuery that
                && Objects.equals(category, that.category)
                && Objects.equals(pageSize, that.pageSize);
    }

    @Override
    public int hashCode() {
        return Objects.hash(category, pageSize);
    }

    @Override
    public String toString() {
        return "FurnitureQuery[category=" + category + ", pageSize=" + pageSize + "]";
    }
}
