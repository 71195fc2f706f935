package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCode;
import io.multicloudboutique.support.problem.ProblemException;

final class StockBelowReserved extends ProblemException {

    StockBelowReserved(Product product, long stockLevel) {
        super(
                ProblemCode.STOCK_BELOW_RESERVED,
                product.reserved() + " of " + product.productId() + " are reserved, so its stock level cannot be "
                        + stockLevel + ".");
    }
}
