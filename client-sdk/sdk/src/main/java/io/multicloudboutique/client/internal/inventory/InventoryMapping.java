package io.multicloudboutique.client.internal.inventory;

import static io.multicloudboutique.client.internal.http.Wire.each;
import static io.multicloudboutique.client.internal.http.Wire.known;
import static io.multicloudboutique.client.internal.http.Wire.required;

import io.multicloudboutique.client.inventory.Movement;
import io.multicloudboutique.client.inventory.MovementKind;
import io.multicloudboutique.client.inventory.Product;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ProductPage;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationLine;
import io.multicloudboutique.client.inventory.ReservationStatus;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Maps the generated types to the public types of the SDK, and back. */
final class InventoryMapping {

    private InventoryMapping() {}

    static Product product(ProductDto wire, @Nullable String etag) {
        return new Product(
                required(wire.getProductId(), "productId"),
                required(wire.getName(), "name"),
                required(wire.getStockLevel(), "stockLevel"),
                required(wire.getReserved(), "reserved"),
                required(wire.getAvailable(), "available"),
                required(wire.getLastUpdated(), "lastUpdated"),
                Optional.ofNullable(etag));
    }

    static ProductPage page(ProductListDto wire) {
        return new ProductPage(
                required(wire.getTotal(), "total"), each(wire.getData(), "data", product -> product(product, null)));
    }

    static Movement movement(MovementDto wire) {
        return new Movement(
                known(MovementKind.class, required(wire.getKind(), "kind"), MovementKind.UNKNOWN),
                required(wire.getStockDelta(), "stockDelta"),
                required(wire.getReservedDelta(), "reservedDelta"),
                Optional.ofNullable(wire.getReference()),
                required(wire.getTimestamp(), "timestamp"));
    }

    static Reservation reservation(ReservationDto wire, @Nullable String etag) {
        return new Reservation(
                required(wire.getReservationId(), "reservationId"),
                known(ReservationStatus.class, required(wire.getStatus(), "status"), ReservationStatus.UNKNOWN),
                each(
                        wire.getLines(),
                        "lines",
                        line -> new ReservationLine(
                                required(line.getProductId(), "productId"), required(line.getQuantity(), "quantity"))),
                Optional.ofNullable(wire.getReference()),
                required(wire.getCreatedAt(), "createdAt"),
                required(wire.getExpiresAt(), "expiresAt"),
                Optional.ofNullable(etag));
    }

    static ProductDraftDto wire(ProductDraft product) {
        return new ProductDraftDto()
                .productId(product.productId())
                .name(product.name())
                .stockLevel(product.stockLevel());
    }

    static ProductChangeDto wire(ProductChange change) {
        return new ProductChangeDto()
                .stockLevel(change.stockLevel().orElse(null))
                .name(change.name().orElse(null));
    }

    static ReservationDraftDto wire(ReservationDraft reservation) {
        var wire = new ReservationDraftDto()
                .lines(reservation.lines().stream()
                        .map(line -> new ReservationLineDto()
                                .productId(line.productId())
                                .quantity(Math.toIntExact(line.quantity())))
                        .toList())
                .reference(reservation.reference().orElse(null));
        // If this is not set, the default in the contract applies.
        reservation.ttl().ifPresent(ttl -> wire.ttlSeconds(Math.toIntExact(ttl.toSeconds())));
        return wire;
    }
}
