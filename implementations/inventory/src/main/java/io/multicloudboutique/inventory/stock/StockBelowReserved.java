package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.util.List;
import java.util.Set;

final class StockBelowReserved extends HeldStockNeeded {

    StockBelowReserved(Product product, long stockLevel) {
        super(
                ProblemCodeDto.STOCK_BELOW_RESERVED,
                "The reserved quantity of product \"" + product.productId() + "\" is " + product.reserved()
                        + ", so its stock level cannot be " + stockLevel + ". Set at least the reserved quantity.",
                Set.of(product.productId()));
    }

    /** @param shortages the products of which an adjustment takes more than is not reserved; at least one */
    StockBelowReserved(List<Shortage> shortages) {
        super(ProblemCodeDto.STOCK_BELOW_RESERVED, detail(shortages.get(0)), shortages);
    }

    private static String detail(Shortage first) {
        return "The adjustment takes " + first.requested() + " of product \"" + first.productId() + "\", but only "
                + first.available() + " are not reserved. Reduce the difference, or release the reserved stock first.";
    }
}
