package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import java.util.List;
import java.util.stream.Collectors;

final class InsufficientCartStock extends HeldStockNeeded {

    record Shortage(String productId, long available, long requested) {}

    InsufficientCartStock(List<Shortage> shortages) {
        super(
                ProblemCodeDto.INSUFFICIENT_STOCK,
                detail(shortages),
                shortages.stream().map(Shortage::productId).collect(Collectors.toSet()));
        with("shortages", shortages);
    }

    private static String detail(List<Shortage> shortages) {
        var first = shortages.get(0);
        var others = shortages.size() > 1 ? " See shortages for the other products." : "";
        return "The cart needs " + first.requested() + " of product \"" + first.productId() + "\", but only "
                + first.available() + " can be reserved. Reduce the quantity, or try again later." + others;
    }
}
