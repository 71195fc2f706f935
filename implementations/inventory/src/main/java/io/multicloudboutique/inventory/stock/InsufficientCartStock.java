package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.util.List;

final class InsufficientCartStock extends HeldStockNeeded {

    InsufficientCartStock(List<Shortage> shortages) {
        super(ProblemCodeDto.INSUFFICIENT_STOCK, detail(shortages.get(0)), shortages);
    }

    private static String detail(Shortage first) {
        return "The cart needs " + first.requested() + " of product \"" + first.productId() + "\", but only "
                + first.available() + " can be reserved. Reduce the quantity, or try again later.";
    }
}
