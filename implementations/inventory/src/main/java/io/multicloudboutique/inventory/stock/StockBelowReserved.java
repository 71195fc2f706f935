package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.util.Set;

final class StockBelowReserved extends HeldStockNeeded {

    StockBelowReserved(Product product, long stockLevel) {
        super(
                ProblemCodeDto.STOCK_BELOW_RESERVED,
                "The reserved quantity of product \"" + product.productId() + "\" is " + product.reserved()
                        + ", so its stock level cannot be " + stockLevel + ". Set at least the reserved quantity.",
                Set.of(product.productId()));
    }
}
