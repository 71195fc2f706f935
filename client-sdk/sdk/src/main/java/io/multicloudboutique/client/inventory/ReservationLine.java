package io.multicloudboutique.client.inventory;

/**
 * A product of a reservation and its quantity. Immutable.
 *
 * @param productId the id of the product
 * @param quantity the quantity; in a request, 1 to 1,000,000, and the quantities of several lines for a product are
 *     added up
 */
public record ReservationLine(String productId, long quantity) {}
