package io.multicloudboutique.inventory.stock;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A change of stock levels by differences, for one reason.
 *
 * @param reason the reason in the words of the contract
 * @param reference the caller's own identifier; null if there is none
 */
record Adjustment(List<Line> lines, String reason, @Nullable String reference) {

    /** @param delta the difference for the stock level; may be negative */
    record Line(String productId, long delta) {}

    /** Returns the differences by product id. Adds up lines with the same product. */
    SortedMap<String, Long> deltas() {
        return lines.stream().collect(Collectors.toMap(Line::productId, Line::delta, Long::sum, TreeMap::new));
    }

    /** Returns the JSON pointer to the difference of the first line with this product. */
    String pointer(String productId) {
        var products = lines.stream().map(Line::productId).toList();
        return "/lines/" + products.indexOf(productId) + "/delta";
    }
}
