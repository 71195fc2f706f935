package io.multicloudboutique.client.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * A product and its stock at one moment.
 *
 * @param productId its id
 * @param name its name
 * @param stockLevel how many there are, reserved ones included
 * @param reserved how many are reserved, loose or in a cart
 * @param available how many can be reserved
 * @param lastUpdated when it changed last
 * @param etag its version, for {@code If-Match} and {@code If-None-Match}; empty in lists and in what was deleted
 */
public record Product(
        String productId,
        String name,
        long stockLevel,
        long reserved,
        long available,
        Instant lastUpdated,
        Optional<String> etag) {}
