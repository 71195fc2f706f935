package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.versions.EntityTags;
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
            String productId, @Nullable Long stockLevel, @Nullable String name, @Nullable String ifMatch) {
        return StockChange.ofProduct(productId, stock -> {
            var before = stock.product(productId);
            EntityTags.requireMatch(ifMatch, before.version());
            var after = before.changed(stockLevel, name);
            return after.equals(before) ? before : stock.change(after, "adjustment", null);
        });
    }

    StockChange<Product> reserve(String productId, long quantity) {
        return StockChange.ofProduct(productId, stock -> {
            var product = stock.product(productId);
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
