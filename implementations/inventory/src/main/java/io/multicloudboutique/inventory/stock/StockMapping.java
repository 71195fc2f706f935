package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.inventory.api.Movement.KindEnum;
import org.jspecify.annotations.Nullable;

/** Between the domain and the contract. */
final class StockMapping {

    private StockMapping() {}

    static io.multicloudboutique.inventory.api.Product toApi(Product product) {
        return new io.multicloudboutique.inventory.api.Product(
                product.productId(),
                product.name(),
                product.stockLevel(),
                product.reserved(),
                product.available(),
                product.lastUpdated());
    }

    static io.multicloudboutique.inventory.api.Movement toApi(Movement movement) {
        return new io.multicloudboutique.inventory.api.Movement(
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
