package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class StockBelowReserved extends ProblemException {

    StockBelowReserved(Product product, long stockLevel) {
        super(
                ProblemCodeDto.STOCK_BELOW_RESERVED,
                product.reserved() + " of " + product.productId() + " are reserved, so its stock level cannot be "
                        + stockLevel + ".");
    }
}
