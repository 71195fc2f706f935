package io.multicloudboutique.client.food;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A dish of the catalogue.
 *
 * @param id the id
 * @param name the name
 * @param category the category
 * @param price the price, in the shop's currency, with at most two decimals
 * @param available whether it can be ordered
 * @param productId the inventory's product that it is stocked as
 * @param etag its version, for {@code If-Match} and {@code If-None-Match}; empty in lists and in what was deleted
 */
public record FoodItem(
        long id,
        String name,
        String category,
        BigDecimal price,
        boolean available,
        Optional<String> productId,
        Optional<String> etag) {}
