package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.util.Set;

/** Thrown if a change needs stock that is reserved. Some of that stock may belong to reservations that are due. */
abstract class HeldStockNeeded extends ProblemException {

    private final Set<String> productIds;

    /** @param productIds the products of which there is not enough */
    HeldStockNeeded(ProblemCodeDto code, String detail, Set<String> productIds) {
        super(code, detail);
        this.productIds = productIds;
    }

    Set<String> productIds() {
        return productIds;
    }
}
