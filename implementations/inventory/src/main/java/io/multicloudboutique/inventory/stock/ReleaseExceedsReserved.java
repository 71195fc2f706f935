package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCode;
import io.multicloudboutique.support.problem.ProblemException;

final class ReleaseExceedsReserved extends ProblemException {

    ReleaseExceedsReserved(Product product, long quantity) {
        super(
                ProblemCode.RELEASE_EXCEEDS_RESERVED,
                product.loose() + " of " + product.productId() + " are reserved outside of carts, so " + quantity
                        + " cannot be released.");
    }
}
