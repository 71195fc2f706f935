package io.multicloudboutique.client.errors;

/**
 * One product of which there is less than was asked for.
 *
 * @param productId the product
 * @param available what could be reserved at that moment
 * @param requested what was asked for, all lines of this product together
 */
public record Shortage(String productId, long available, long requested) {}
