package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class InsufficientStock extends ProblemException {

    InsufficientStock(Product product, long requested) {
        super(
                ProblemCodeDto.INSUFFICIENT_STOCK,
                "The request needs " + requested + " of product \"" + product.productId() + "\", but only "
                        + product.available() + " can be reserved. Reduce the quantity, or try again later.");
        with("productId", product.productId());
        with("available", product.available());
        with("requested", requested);
    }
}
