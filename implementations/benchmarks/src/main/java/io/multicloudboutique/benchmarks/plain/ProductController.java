package io.multicloudboutique.benchmarks.plain;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

@RestController
class ProductController {

    record StockQuantity(@Min(1) @Max(1_000_000) Integer quantity) {

        long units() {
            return quantity == null ? 1 : quantity;
        }
    }

    private final ProductRepository products;
    private final JsonMapper json;

    ProductController(ProductRepository products, JsonMapper json) {
        this.products = products;
        this.json = json;
    }

    @GetMapping("/inventory")
    Mono<ProductRepository.Page> list(@RequestParam(defaultValue = "50") @Min(1) @Max(200) int limit) {
        return products.list(limit);
    }

    @GetMapping("/inventory/{productId}")
    Mono<Product> read(@PathVariable String productId) {
        return products.find(productId).switchIfEmpty(refused(HttpStatus.NOT_FOUND));
    }

    @PostMapping("/inventory/{productId}/reserve")
    Mono<ResponseEntity<Product>> reserve(
            @PathVariable String productId,
            @RequestHeader(name = "Idempotency-Key", required = false) String key,
            @Valid @RequestBody StockQuantity body,
            ServerHttpRequest request) {
        if (key == null) {
            return products.reserve(productId, body.units())
                    .map(ResponseEntity::ok)
                    .switchIfEmpty(Mono.defer(() -> refuse(productId)));
        }
        var path = request.getPath().value();
        return products.reserve(productId, body.units(), path, key)
                .onErrorResume(DuplicateKeyException.class, exists -> Mono.empty())
                .map(ResponseEntity::ok)
                .switchIfEmpty(Mono.defer(() -> products.stored(path, key).map(stored -> replay(stored, body.units()))))
                .switchIfEmpty(Mono.defer(() -> refuse(productId)));
    }

    private ResponseEntity<Product> replay(ProductRepository.Stored stored, long units) {
        if (!stored.request().equals(Long.toString(units))) {
            throw new ResponseStatusException(HttpStatus.UNPROCESSABLE_CONTENT);
        }
        return ResponseEntity.ok()
                .header("Idempotent-Replayed", "true")
                .body(Product.of(json.readTree(stored.response())));
    }

    private <T> Mono<T> refuse(String productId) {
        return products.find(productId)
                .hasElement()
                .flatMap(exists -> refused(exists ? HttpStatus.CONFLICT : HttpStatus.NOT_FOUND));
    }

    private static <T> Mono<T> refused(HttpStatus status) {
        return Mono.error(() -> new ResponseStatusException(status));
    }
}
