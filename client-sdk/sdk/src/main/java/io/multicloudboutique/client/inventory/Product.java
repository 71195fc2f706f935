package io.multicloudboutique.client.inventory;

import java.time.Instant;
import java.util.Optional;

/**
 * A product and its stock at one moment. Immutable.
 *
 * @param productId the id
 * @param name the name
 * @param stockLevel the quantity in stock, including reserved stock
 * @param reserved the reserved quantity: loose stock and the stock that reservations hold
 * @param available the quantity that can be reserved
 * @param lastUpdated the time of the last change
 * @param etag the version, for parameters named {@code etag} or {@code knownEtag}; empty in lists
 */
public record Product(
        String productId,
        String name,
        long stockLevel,
        long reserved,
        long available,
        Instant lastUpdated,
        Optional<String> etag) {}
