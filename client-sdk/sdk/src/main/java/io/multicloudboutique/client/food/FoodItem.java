package io.multicloudboutique.client.food;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A food item of the catalogue. Immutable.
 *
 * @param id the id
 * @param name the name
 * @param category the category
 * @param price the price in the shop's currency, with at most two decimal places
 * @param available whether the item can be ordered
 * @param productId the id of the item's product in the inventory; empty if the item is not stocked
 * @param etag the version, for parameters named {@code etag} or {@code knownEtag}; empty in lists and in the result of
 *     a deletion
 */
public record FoodItem(
        long id,
        String name,
        String category,
        BigDecimal price,
        boolean available,
        Optional<String> productId,
        Optional<String> etag) {}
