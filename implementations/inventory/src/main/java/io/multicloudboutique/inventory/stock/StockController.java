package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.InventoryApi;
import io.multicloudboutique.inventory.api.Movement;
import io.multicloudboutique.inventory.api.NewProduct;
import io.multicloudboutique.inventory.api.Product;
import io.multicloudboutique.inventory.api.ProductChange;
import io.multicloudboutique.inventory.api.ProductList;
import io.multicloudboutique.inventory.api.StockQuantity;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class StockController implements InventoryApi {

    private final Stock stock;
    private final Idempotency idempotency;

    StockController(Stock stock, Idempotency idempotency) {
        this.stock = stock;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<ProductList>> listProducts(Integer limit, @Nullable String cursor) {
        return stock.page(PageRequest.of(limit, cursor))
                .zipWith(stock.total())
                .flatMap(found -> found.getT1()
                        .answer(new ProductList(
                                found.getT2(),
                                found.getT1().items().stream()
                                        .map(StockMapping::toApi)
                                        .toList())));
    }

    @Override
    public Mono<ResponseEntity<Product>> createProduct(Mono<NewProduct> newProduct, @Nullable String idempotencyKey) {
        return newProduct.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                Product.class,
                () -> stock.add(request.getProductId(), request.getName(), request.getStockLevel())
                        .map(product -> EntityTags.created(
                                "inventory/" + product.productId(), product.version(), StockMapping.toApi(product)))));
    }

    @Override
    public Mono<ResponseEntity<Product>> getProduct(String productId, @Nullable String ifNoneMatch) {
        return stock.find(productId).map(StockController::answer);
    }

    @Override
    public Mono<ResponseEntity<Product>> updateProduct(
            String productId, Mono<ProductChange> productChange, @Nullable String ifMatch) {
        return productChange
                .flatMap(change -> stock.change(productId, change.getStockLevel(), change.getName(), ifMatch))
                .map(StockController::answer);
    }

    @Override
    public Mono<ResponseEntity<Product>> reserveStock(
            String productId, @Nullable String idempotencyKey, Mono<StockQuantity> stockQuantity) {
        return move(stockQuantity, idempotencyKey, quantity -> stock.reserve(productId, quantity));
    }

    @Override
    public Mono<ResponseEntity<Product>> releaseStock(
            String productId, @Nullable String idempotencyKey, Mono<StockQuantity> stockQuantity) {
        return move(stockQuantity, idempotencyKey, quantity -> stock.release(productId, quantity));
    }

    private Mono<ResponseEntity<Product>> move(
            Mono<StockQuantity> body,
            @Nullable String idempotencyKey,
            IntFunction<Mono<io.multicloudboutique.inventory.stock.Product>> movement) {
        return body.defaultIfEmpty(new StockQuantity())
                .flatMap(request -> idempotency.once(
                        idempotencyKey,
                        request,
                        Product.class,
                        () -> movement.apply(request.getQuantity()).map(StockController::answer)));
    }

    @Override
    public Mono<ResponseEntity<Flux<Movement>>> listMovements(
            String productId, Integer limit, @Nullable String cursor) {
        return stock.movements(productId, PageRequest.of(limit, cursor))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(StockMapping::toApi)));
    }

    private static ResponseEntity<Product> answer(io.multicloudboutique.inventory.stock.Product product) {
        return EntityTags.ok(product.version(), StockMapping.toApi(product));
    }
}
