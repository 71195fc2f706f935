package io.multicloudboutique.client.food;

/**
 * What the inventory has of a product.
 *
 * @param productId the id of the product
 * @param stockLevel how many there are
 * @param available how many are not reserved
 */
public record StockedProduct(String productId, long stockLevel, long available) {}
