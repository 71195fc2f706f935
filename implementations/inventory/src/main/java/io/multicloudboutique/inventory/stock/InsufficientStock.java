package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.util.Set;

final class InsufficientStock extends HeldStockNeeded {

    InsufficientStock(Product product, long requested) {
        super(
                ProblemCodeDto.INSUFFICIENT_STOCK,
                "The request needs " + requested + " of product \"" + product.productId() + "\", but only "
                        + product.available() + " can be reserved. Reduce the quantity, or try again later.",
                Set.of(product.productId()));
        with("productId", product.productId());
        with("available", product.available());
        with("requested", requested);
    }
}
