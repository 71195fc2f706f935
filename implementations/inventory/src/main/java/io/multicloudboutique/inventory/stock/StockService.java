package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.versions.EntityTags;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Reads products, and decides about changes of their stock. */
@Service
class StockService {

    private final ProductRepository products;
    private final MovementRepository movements;

    StockService(ProductRepository products, MovementRepository movements) {
        this.products = products;
        this.movements = movements;
    }

    Mono<Product> find(String productId) {
        return products.find(productId)
                .switchIfEmpty(Mono.error(() -> ProblemException.notFound("product", productId)));
    }

    Mono<Page<Movement>> movements(String productId, PageRequest request) {
        return find(productId).then(movements.page(productId, request));
    }

    StockChange<Product> change(
            String productId,
            @Nullable Long stockLevel,
            @Nullable String name,
            @Nullable Boolean archived,
            @Nullable String ifMatch) {
        return StockChange.ofProduct(productId, stock -> {
            var before = stock.product(productId);
            EntityTags.requireMatch(ifMatch, before.version());
            var after = before.changed(stockLevel, name, archived, stock.now());
            return after.equals(before) ? before : stock.change(after, "adjustment", null);
        });
    }

    /**
     * Changes the stock levels of all products in the lines, or of none. Returns these products, ordered by id. A product
     * whose lines add up to 0 does not change.
     */
    StockChange<List<Product>> adjust(Adjustment adjustment) {
        var deltas = adjustment.deltas();
        return new StockChange<>(deltas.keySet(), List.of(), null, stock -> {
            deltas.keySet().forEach(stock::product);
            deltas.forEach(
                    (productId, delta) -> stock.product(productId).requireRoom(delta, adjustment.pointer(productId)));
            var shortages = deltas.entrySet().stream()
                    .flatMap(line -> stock.product(line.getKey()).shortage(-line.getValue()).stream())
                    .toList();
            if (!shortages.isEmpty()) {
                throw new StockBelowReserved(shortages);
            }
            return deltas.entrySet().stream()
                    .map(line -> adjust(stock, stock.product(line.getKey()), line.getValue(), adjustment))
                    .toList();
        });
    }

    private static Product adjust(LockedStock stock, Product before, long delta, Adjustment adjustment) {
        return delta == 0 ? before : stock.adjust(before.withStock(delta), adjustment.reason(), adjustment.reference());
    }

    StockChange<Product> reserve(String productId, long quantity) {
        return StockChange.ofProduct(productId, stock -> {
            var product = stock.product(productId);
            product.requireNotArchived();
            if (product.available() < quantity) {
                throw new InsufficientStock(product, quantity);
            }
            return stock.change(product.withUnassigned(quantity), "reserve", null);
        });
    }

    StockChange<Product> release(String productId, long quantity) {
        return StockChange.ofProduct(productId, stock -> {
            var product = stock.product(productId);
            if (product.unassigned() < quantity) {
                throw new ReleaseExceedsReserved(product, quantity);
            }
            return stock.change(product.withUnassigned(-quantity), "release", null);
        });
    }
}
