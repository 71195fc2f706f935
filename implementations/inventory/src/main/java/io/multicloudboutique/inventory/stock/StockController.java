package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.InventoryApi;
import io.multicloudboutique.inventory.api.MovementDto;
import io.multicloudboutique.inventory.api.ProductChangeDto;
import io.multicloudboutique.inventory.api.ProductDraftDto;
import io.multicloudboutique.inventory.api.ProductDto;
import io.multicloudboutique.inventory.api.ProductListDto;
import io.multicloudboutique.inventory.api.StockAdjustmentDto;
import io.multicloudboutique.inventory.api.StockQuantityDto;
import io.multicloudboutique.inventory.stock.Product.Draft;
import io.multicloudboutique.shared.api.ProblemCodeDto;
import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.security.Caller;
import io.multicloudboutique.support.versions.EntityTags;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class StockController implements InventoryApi {

    private final StockService stock;
    private final ProductRepository products;
    private final StockLane lane;
    private final WriteLane<Draft> additions;

    StockController(StockService stock, ProductRepository products, StockLane lane, Idempotency idempotency) {
        this.stock = stock;
        this.products = products;
        this.lane = lane;
        additions = idempotency.lane(
                "products",
                draft -> 1,
                drafts ->
                        products.addAll(drafts).map(added -> Decision.ofEach(drafts, added, StockController::created)));
    }

    @Override
    public Mono<ResponseEntity<ProductListDto>> listProducts(
            @Nullable String q,
            @Nullable Long availableBelow,
            Boolean archived,
            Integer limit,
            @Nullable String cursor) {
        return products.page(
                        new ProductFilter(q, availableBelow, archived),
                        PageRequest.of(limit, cursor, "listProducts", q, availableBelow, archived ? "archived" : null))
                .flatMap(list -> list.page()
                        .answer(new ProductListDto(
                                        list.total(),
                                        list.page().items().stream()
                                                .map(StockMapping::toDto)
                                                .toList())
                                .nextCursor(list.page().nextCursor())));
    }

    @Override
    public Mono<ResponseEntity<ProductDto>> createProduct(
            Mono<ProductDraftDto> productDraft, @Nullable String idempotencyKey) {
        return productDraft.flatMap(request -> Caller.current()
                .flatMap(caller -> additions.once(
                        idempotencyKey, request, ProductDto.class, StockMapping.draft(request, caller.orElse(null)))));
    }

    private static ResponseEntity<ProductDto> created(Draft draft, @Nullable Product product) {
        if (product == null) {
            throw new ProblemException(
                    ProblemCodeDto.ALREADY_EXISTS,
                    "A product with the id \"" + draft.productId()
                            + "\" already exists. Update that product, or use another id.");
        }
        return EntityTags.created("inventory/" + product.productId(), product.version(), StockMapping.toDto(product));
    }

    @Override
    public Mono<ResponseEntity<ProductDto>> getProduct(String productId, @Nullable String ifNoneMatch) {
        return stock.find(productId)
                .map(product -> EntityTags.read(ifNoneMatch, product.version(), StockMapping.toDto(product)));
    }

    @Override
    public Mono<ResponseEntity<ProductDto>> updateProduct(
            String productId, Mono<ProductChangeDto> productChange, @Nullable String ifMatch) {
        return productChange.flatMap(request -> lane.once(
                null,
                request,
                ProductDto.class,
                stock.change(productId, request.getStockLevel(), request.getName(), request.getArchived(), ifMatch)
                        .map(StockController::response)));
    }

    @Override
    public Mono<ResponseEntity<Flux<ProductDto>>> adjustStock(
            Mono<StockAdjustmentDto> stockAdjustment, @Nullable String idempotencyKey) {
        return stockAdjustment
                .flatMap(request -> lane.once(
                        idempotencyKey,
                        request,
                        ProductDto[].class,
                        stock.adjust(StockMapping.adjustment(request)).map(StockController::response)))
                .map(response -> ResponseEntity.status(response.getStatusCode())
                        .headers(response.getHeaders())
                        .body(Flux.fromArray(Objects.requireNonNull(response.getBody()))));
    }

    @Override
    public Mono<ResponseEntity<ProductDto>> reserveStock(
            String productId, @Nullable String idempotencyKey, Mono<StockQuantityDto> stockQuantity) {
        return move(stockQuantity, idempotencyKey, quantity -> stock.reserve(productId, quantity));
    }

    @Override
    public Mono<ResponseEntity<ProductDto>> releaseStock(
            String productId, @Nullable String idempotencyKey, Mono<StockQuantityDto> stockQuantity) {
        return move(stockQuantity, idempotencyKey, quantity -> stock.release(productId, quantity));
    }

    private Mono<ResponseEntity<ProductDto>> move(
            Mono<StockQuantityDto> body, @Nullable String idempotencyKey, IntFunction<StockChange<Product>> change) {
        return body.defaultIfEmpty(new StockQuantityDto())
                .flatMap(request -> lane.once(
                        idempotencyKey,
                        request,
                        ProductDto.class,
                        change.apply(request.getQuantity()).map(StockController::response)));
    }

    @Override
    public Mono<ResponseEntity<Flux<MovementDto>>> listMovements(
            String productId, Integer limit, @Nullable String cursor) {
        return stock.movements(productId, PageRequest.of(limit, cursor, "listMovements", productId))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(StockMapping::toDto)));
    }

    private static ResponseEntity<ProductDto> response(Product product) {
        return EntityTags.ok(product.version(), StockMapping.toDto(product));
    }

    private static ResponseEntity<ProductDto[]> response(List<Product> products) {
        return ResponseEntity.ok(products.stream().map(StockMapping::toDto).toArray(ProductDto[]::new));
    }
}
