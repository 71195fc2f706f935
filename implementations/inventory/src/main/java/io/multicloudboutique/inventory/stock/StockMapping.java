package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.AdjustmentReasonDto;
import io.multicloudboutique.inventory.api.MovementDto;
import io.multicloudboutique.inventory.api.MovementDto.KindEnum;
import io.multicloudboutique.inventory.api.ProductDraftDto;
import io.multicloudboutique.inventory.api.ProductDto;
import io.multicloudboutique.inventory.api.StockAdjustmentDto;
import io.multicloudboutique.inventory.stock.Product.Draft;
import org.jspecify.annotations.Nullable;

/** Maps between domain records and the generated types of the contract. */
final class StockMapping {

    private StockMapping() {}

    static Draft draft(ProductDraftDto request, @Nullable String caller) {
        return new Draft(request.getProductId(), request.getName(), request.getStockLevel(), caller);
    }

    static Adjustment adjustment(StockAdjustmentDto request) {
        return new Adjustment(
                request.getLines().stream()
                        .map(line -> new Adjustment.Line(line.getProductId(), line.getDelta()))
                        .toList(),
                request.getReason().getValue(),
                request.getReference());
    }

    static ProductDto toDto(Product product) {
        return new ProductDto(
                        product.productId(),
                        product.name(),
                        product.stockLevel(),
                        product.reserved(),
                        product.available(),
                        product.lastUpdated())
                .archivedAt(product.archivedAt());
    }

    static MovementDto toDto(Movement movement) {
        return new MovementDto(
                        KindEnum.fromValue(movement.kind()),
                        movement.stockDelta(),
                        movement.reservedDelta(),
                        movement.timestamp())
                .reservationId(movement.reservationId())
                .reason(movement.reason() == null ? null : AdjustmentReasonDto.fromValue(movement.reason()))
                .reference(movement.reference())
                .caller(movement.caller());
    }
}
