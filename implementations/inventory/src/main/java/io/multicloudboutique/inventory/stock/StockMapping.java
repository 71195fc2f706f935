package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.MovementDto;
import io.multicloudboutique.inventory.api.MovementDto.KindEnum;
import io.multicloudboutique.inventory.api.ProductDraftDto;
import io.multicloudboutique.inventory.api.ProductDto;
import io.multicloudboutique.inventory.stock.Product.Draft;
import org.jspecify.annotations.Nullable;

/** Maps between domain records and the generated types of the contract. */
final class StockMapping {

    private StockMapping() {}

    static Draft draft(ProductDraftDto request) {
        return new Draft(request.getProductId(), request.getName(), request.getStockLevel());
    }

    static ProductDto toDto(Product product) {
        return new ProductDto(
                product.productId(),
                product.name(),
                product.stockLevel(),
                product.reserved(),
                product.available(),
                product.lastUpdated());
    }

    static MovementDto toDto(Movement movement) {
        return new MovementDto(
                        KindEnum.fromValue(movement.kind()),
                        movement.stockDelta(),
                        movement.reservedDelta(),
                        movement.timestamp())
                .reference(text(movement.reservationId()));
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
