package io.multicloudboutique.client.inventory;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of products. Immutable.
 *
 * @param total the number of products on all pages
 * @param items the products of this page, ordered by product id
 */
public record ProductPage(long total, List<Product> items) implements Page<Product> {
    /** Copies the list, so that the record is immutable. */
    public ProductPage {
        items = List.copyOf(items);
    }
}
