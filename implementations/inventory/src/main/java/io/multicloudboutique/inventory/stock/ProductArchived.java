package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.problem.ProblemException;

final class ProductArchived extends ProblemException {

    ProductArchived(Product product) {
        super(
                ProblemCodeDto.PRODUCT_ARCHIVED,
                "The product \"" + product.productId()
                        + "\" is archived, so it cannot be reserved. Restore the product, or choose another one.");
        with("productId", product.productId());
    }
}
