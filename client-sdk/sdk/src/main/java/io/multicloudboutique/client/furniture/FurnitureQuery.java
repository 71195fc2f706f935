package io.multicloudboutique.client.furniture;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The filters and the page size for a list of furniture items. Immutable. */
public final class FurnitureQuery {

    private final @Nullable String category;
    private final @Nullable Integer pageSize;

    private FurnitureQuery(@Nullable String category, @Nullable Integer pageSize) {
        this.category = category;
        this.pageSize = pageSize;
    }

    /** Returns a query without filters, with the default page size. */
    public static FurnitureQuery all() {
        return new FurnitureQuery(null, null);
    }

    /** Returns a copy that matches only items of exactly this category. */
    public FurnitureQuery withCategory(String category) {
        return new FurnitureQuery(Objects.requireNonNull(category, "category"), pageSize);
    }

    /**
     * Returns a copy with the given page size, which is the maximum number of items on a page: 1 to 200. Defaults to
     * 50.
     */
    public FurnitureQuery withPageSize(int pageSize) {
        return new FurnitureQuery(category, pageSize);
    }

    /** The category to match; empty if categories are not filtered. */
    public Optional<String> category() {
        return Optional.ofNullable(category);
    }

    /** The maximum number of items on a page, 1 to 200; empty for the default of 50. */
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
