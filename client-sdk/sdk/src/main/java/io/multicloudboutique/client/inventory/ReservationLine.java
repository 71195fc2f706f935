package io.multicloudboutique.client.inventory;

/**
 * A product of a cart, and how many of it.
 *
 * @param productId the id of the product
 * @param quantity how many, 1 to 1,000,000 in what is asked for; lines of the same product are summed
 */
public record ReservationLine(String productId, long quantity) {}
