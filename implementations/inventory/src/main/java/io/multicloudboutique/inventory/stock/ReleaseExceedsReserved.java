package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class ReleaseExceedsReserved extends ProblemException {

    ReleaseExceedsReserved(Product product, long quantity) {
        super(
                ProblemCodeDto.RELEASE_EXCEEDS_RESERVED,
                "The request releases " + quantity + " of product \"" + product.productId() + "\", but only "
                        + product.unassigned()
                        + " can be released. Cancel a reservation to release the stock that it holds.");
    }
}
