package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Manages the products and the stock of each product. */
@Service
class StockService {

    private final ProductRepository products;
    private final MovementRepository movements;
    private final Transactions transactions;

    StockService(ProductRepository products, MovementRepository movements, Transactions transactions) {
        this.products = products;
        this.movements = movements;
        this.transactions = transactions;
    }

    Mono<Product> find(String productId) {
        return products.find(productId).switchIfEmpty(Mono.error(() -> notFound(productId)));
    }

    Mono<Page<Movement>> movements(String productId, PageRequest request) {
        return find(productId).then(movements.page(productId, request));
    }

    Mono<Product> add(String productId, String name, long stockLevel) {
        return transactions
                .run(products.add(productId, name, stockLevel))
                .switchIfEmpty(Mono.error(() -> new ProblemException(
                        ProblemCodeDto.ALREADY_EXISTS,
                        "A product with the id \"" + productId
                                + "\" already exists. Update that product, or use another id.")));
    }

    Mono<Product> change(String productId, @Nullable Long stockLevel, @Nullable String name, @Nullable String ifMatch) {
        return transactions.run(products.lock(productId)
                .switchIfEmpty(Mono.error(() -> notFound(productId)))
                .flatMap(before -> {
                    EntityTags.requireMatch(ifMatch, before.version());
                    var after = before.changed(stockLevel, name);
                    return after.equals(before) ? Mono.just(before) : products.update(before, after);
                }));
    }

    Mono<Product> reserve(String productId, long quantity) {
        return products.reserve(productId, quantity)
                .switchIfEmpty(Mono.defer(() -> find(productId)
                        .flatMap(product -> product.available() < quantity
                                ? Mono.error(new InsufficientStock(product, quantity))
                                : reserve(productId, quantity)))); // stock was released in between: try again
    }

    Mono<Product> release(String productId, long quantity) {
        return products.release(productId, quantity)
                .switchIfEmpty(Mono.defer(() -> find(productId)
                        .flatMap(product -> product.unassigned() < quantity
                                ? Mono.error(new ReleaseExceedsReserved(product, quantity))
                                : release(productId, quantity)))); // stock was reserved in between: try again
    }

    private static ProblemException notFound(String productId) {
        return ProblemException.notFound("product", productId);
    }
}
