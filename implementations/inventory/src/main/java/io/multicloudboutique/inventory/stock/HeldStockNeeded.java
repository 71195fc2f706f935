package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Thrown if a change needs stock that is reserved. Some of that stock may belong to reservations that are due. */
abstract class HeldStockNeeded extends ProblemException {

    private final Set<String> productIds;

    /** @param productIds the products of which there is not enough */
    HeldStockNeeded(ProblemCodeDto code, String detail, Set<String> productIds) {
        super(code, detail);
        this.productIds = productIds;
    }

    /**
     * @param detail what the first shortage is; this constructor refers to the others
     * @param shortages the shortages, which the problem lists; at least one
     */
    HeldStockNeeded(ProblemCodeDto code, String detail, List<Shortage> shortages) {
        this(
                code,
                detail + (shortages.size() > 1 ? " See shortages for the other products." : ""),
                shortages.stream().map(Shortage::productId).collect(Collectors.toSet()));
        with("shortages", shortages);
    }

    Set<String> productIds() {
        return productIds;
    }
}
