package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.util.Set;

final class ProductReserved extends HeldStockNeeded {

    ProductReserved(Product product) {
        super(
                ProblemCodeDto.PRODUCT_RESERVED,
                "The reserved quantity of product \"" + product.productId() + "\" is " + product.reserved()
                        + ", so it cannot be archived. Release that quantity first, or wait until its reservations have ended.",
                Set.of(product.productId()));
    }
}
