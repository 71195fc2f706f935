package io.multicloudboutique.client.internal.inventory;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import io.multicloudboutique.client.inventory.InventoryClient;
import io.multicloudboutique.client.inventory.Movement;
import io.multicloudboutique.client.inventory.NewProduct;
import io.multicloudboutique.client.inventory.NewReservation;
import io.multicloudboutique.client.inventory.Product;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductPage;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationQuery;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Calls the inventory. Thread-safe. */
public final class InventoryCalls extends Calls implements InventoryClient {

    private final InventoryApi products;
    private final ReservationsApi reservations;

    public InventoryCalls(Connection connection) {
        super(connection);
        products = connection.api(InventoryApi.class);
        reservations = connection.api(ReservationsApi.class);
    }

    @Override
    public Pages<Product, ProductPage> listProducts(int pageSize) {
        return pages(cursor -> products.listProducts(pageSize, cursor), InventoryMapping::page);
    }

    @Override
    public Product createProduct(NewProduct product) {
        return create(product, null);
    }

    @Override
    public Product createProduct(NewProduct product, String idempotencyKey) {
        return create(product, key(idempotencyKey));
    }

    private Product create(NewProduct product, @Nullable String key) {
        return item(() -> products.createProduct(InventoryMapping.wire(product), key), InventoryMapping::product);
    }

    @Override
    public Product getProduct(String productId) {
        return item(() -> products.getProduct(segment(productId), null), InventoryMapping::product);
    }

    @Override
    public Optional<Product> getProduct(String productId, String knownEtag) {
        return itemIfChanged(() -> products.getProduct(segment(productId), etag(knownEtag)), InventoryMapping::product);
    }

    @Override
    public Product updateProduct(String productId, ProductChange change) {
        return update(productId, change, null);
    }

    @Override
    public Product updateProduct(String productId, ProductChange change, String etag) {
        return update(productId, change, etag(etag));
    }

    private Product update(String productId, ProductChange change, @Nullable String etag) {
        return item(
                () -> products.updateProduct(segment(productId), InventoryMapping.wire(change), etag),
                InventoryMapping::product);
    }

    @Override
    public Product reserveStock(String productId, int quantity) {
        return reserve(productId, quantity, null);
    }

    @Override
    public Product reserveStock(String productId, int quantity, String idempotencyKey) {
        return reserve(productId, quantity, key(idempotencyKey));
    }

    private Product reserve(String productId, int quantity, @Nullable String key) {
        return item(
                () -> products.reserveStock(segment(productId), key, new StockQuantityWire().quantity(quantity)),
                InventoryMapping::product);
    }

    @Override
    public Product releaseStock(String productId, int quantity) {
        return release(productId, quantity, null);
    }

    @Override
    public Product releaseStock(String productId, int quantity, String idempotencyKey) {
        return release(productId, quantity, key(idempotencyKey));
    }

    private Product release(String productId, int quantity, @Nullable String key) {
        return item(
                () -> products.releaseStock(segment(productId), key, new StockQuantityWire().quantity(quantity)),
                InventoryMapping::product);
    }

    @Override
    public Pages<Movement, Page<Movement>> listMovements(String productId, int pageSize) {
        return list(
                cursor -> products.listMovements(segment(productId), pageSize, cursor),
                (movement, etag) -> InventoryMapping.movement(movement));
    }

    @Override
    public Pages<Reservation, Page<Reservation>> listReservations(ReservationQuery query) {
        return list(
                cursor -> reservations.listReservations(
                        query.reference().orElse(null), query.pageSize().orElse(null), cursor),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation createReservation(NewReservation reservation) {
        return create(reservation, null);
    }

    @Override
    public Reservation createReservation(NewReservation reservation, String idempotencyKey) {
        return create(reservation, key(idempotencyKey));
    }

    private Reservation create(NewReservation reservation, @Nullable String key) {
        return item(
                () -> reservations.createReservation(InventoryMapping.wire(reservation), key),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation getReservation(UUID reservationId) {
        return item(() -> reservations.getReservation(reservationId, null), InventoryMapping::reservation);
    }

    @Override
    public Optional<Reservation> getReservation(UUID reservationId, String knownEtag) {
        return itemIfChanged(
                () -> reservations.getReservation(reservationId, etag(knownEtag)), InventoryMapping::reservation);
    }

    @Override
    public Reservation confirmReservation(UUID reservationId) {
        return item(() -> reservations.confirmReservation(reservationId, null), InventoryMapping::reservation);
    }

    @Override
    public Reservation confirmReservation(UUID reservationId, String idempotencyKey) {
        return item(
                () -> reservations.confirmReservation(reservationId, key(idempotencyKey)),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation cancelReservation(UUID reservationId) {
        return item(() -> reservations.cancelReservation(reservationId, null), InventoryMapping::reservation);
    }

    @Override
    public Reservation cancelReservation(UUID reservationId, String idempotencyKey) {
        return item(
                () -> reservations.cancelReservation(reservationId, key(idempotencyKey)),
                InventoryMapping::reservation);
    }
}
