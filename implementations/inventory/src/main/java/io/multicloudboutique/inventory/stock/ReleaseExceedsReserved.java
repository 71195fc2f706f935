package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class ReleaseExceedsReserved extends ProblemException {

    ReleaseExceedsReserved(Product product, long quantity) {
        super(
                ProblemCodeDto.RELEASE_EXCEEDS_RESERVED,
                product.unassigned() + " of " + product.productId() + " are reserved outside of carts, so " + quantity
                        + " cannot be released.");
    }
}
