package io.multicloudboutique.client.inventory;

import io.multicloudboutique.client.Page;
import java.util.List;

/**
 * A page of the products.
 *
 * @param total how many products there are on all pages
 * @param items the products of this page, by id
 */
public record ProductPage(long total, List<Product> items) implements Page<Product> {
    /** Copies the lists. */
    public ProductPage {
        items = List.copyOf(items);
    }
}
