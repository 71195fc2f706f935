package io.multicloudboutique.client.food;

/**
 * The stock of a product in the inventory. Immutable.
 *
 * @param productId the id of the product
 * @param stockLevel the quantity in stock, including reserved stock
 * @param available the quantity that is not reserved
 */
public record StockedProduct(String productId, long stockLevel, long available) {}
