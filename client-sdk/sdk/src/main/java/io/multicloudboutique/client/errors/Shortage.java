package io.multicloudboutique.client.errors;

import java.io.Serializable;

/**
 * A product without enough available stock. Immutable.
 *
 * @param productId the id of the product
 * @param available the quantity that was not reserved at the time of the request
 * @param requested the requested quantity, or the quantity that an adjustment takes, summed over all lines for this
 *     product
 */
public record Shortage(String productId, long available, long requested) implements Serializable {}
