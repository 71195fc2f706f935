package io.multicloudboutique.client.internal.inventory;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import io.multicloudboutique.client.inventory.InventoryClient;
import io.multicloudboutique.client.inventory.Movement;
import io.multicloudboutique.client.inventory.Product;
import io.multicloudboutique.client.inventory.ProductChange;
import io.multicloudboutique.client.inventory.ProductDraft;
import io.multicloudboutique.client.inventory.ProductPage;
import io.multicloudboutique.client.inventory.Reservation;
import io.multicloudboutique.client.inventory.ReservationDraft;
import io.multicloudboutique.client.inventory.ReservationQuery;
import java.util.Optional;
import java.util.UUID;

/** Implements the client for the inventory with the generated Feign interfaces. Thread-safe. */
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
        return pages(cursor -> products.listProducts(pageSize, cursor, blocking()), InventoryMapping::page);
    }

    @Override
    public Product createProduct(ProductDraft product) {
        return item(
                () -> products.createProduct(InventoryMapping.wire(product), null, blocking()),
                InventoryMapping::product);
    }

    @Override
    public Product createProduct(ProductDraft product, String idempotencyKey) {
        return item(
                () -> products.createProduct(InventoryMapping.wire(product), key(idempotencyKey), blocking()),
                InventoryMapping::product);
    }

    @Override
    public Product getProduct(String productId) {
        return item(() -> products.getProduct(segment(productId), null, blocking()), InventoryMapping::product);
    }

    @Override
    public Optional<Product> getProduct(String productId, String knownEtag) {
        return itemIfChanged(
                () -> products.getProduct(segment(productId), etag(knownEtag), blocking()), InventoryMapping::product);
    }

    @Override
    public Product updateProduct(String productId, ProductChange change) {
        return item(
                () -> products.updateProduct(segment(productId), InventoryMapping.wire(change), null, blocking()),
                InventoryMapping::product);
    }

    @Override
    public Product updateProduct(String productId, ProductChange change, String etag) {
        return item(
                () -> products.updateProduct(segment(productId), InventoryMapping.wire(change), etag(etag), blocking()),
                InventoryMapping::product);
    }

    @Override
    public Product reserveStock(String productId, int quantity) {
        return item(
                () -> products.reserveStock(
                        segment(productId), null, new StockQuantityDto().quantity(quantity), blocking()),
                InventoryMapping::product);
    }

    @Override
    public Product reserveStock(String productId, int quantity, String idempotencyKey) {
        return item(
                () -> products.reserveStock(
                        segment(productId), key(idempotencyKey), new StockQuantityDto().quantity(quantity), blocking()),
                InventoryMapping::product);
    }

    @Override
    public Product releaseStock(String productId, int quantity) {
        return item(
                () -> products.releaseStock(
                        segment(productId), null, new StockQuantityDto().quantity(quantity), blocking()),
                InventoryMapping::product);
    }

    @Override
    public Product releaseStock(String productId, int quantity, String idempotencyKey) {
        return item(
                () -> products.releaseStock(
                        segment(productId), key(idempotencyKey), new StockQuantityDto().quantity(quantity), blocking()),
                InventoryMapping::product);
    }

    @Override
    public Pages<Movement, Page<Movement>> listMovements(String productId, int pageSize) {
        return list(
                cursor -> products.listMovements(segment(productId), pageSize, cursor, blocking()),
                (movement, etag) -> InventoryMapping.movement(movement));
    }

    @Override
    public Pages<Reservation, Page<Reservation>> listReservations(ReservationQuery query) {
        return list(
                cursor -> reservations.listReservations(
                        query.reference().orElse(null), query.pageSize().orElse(null), cursor, blocking()),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation createReservation(ReservationDraft reservation) {
        return item(
                () -> reservations.createReservation(InventoryMapping.wire(reservation), null, blocking()),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation createReservation(ReservationDraft reservation, String idempotencyKey) {
        return item(
                () -> reservations.createReservation(
                        InventoryMapping.wire(reservation), key(idempotencyKey), blocking()),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation getReservation(UUID reservationId) {
        return item(() -> reservations.getReservation(reservationId, null, blocking()), InventoryMapping::reservation);
    }

    @Override
    public Optional<Reservation> getReservation(UUID reservationId, String knownEtag) {
        return itemIfChanged(
                () -> reservations.getReservation(reservationId, etag(knownEtag), blocking()),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation confirmReservation(UUID reservationId) {
        return item(
                () -> reservations.confirmReservation(reservationId, null, blocking()), InventoryMapping::reservation);
    }

    @Override
    public Reservation confirmReservation(UUID reservationId, String idempotencyKey) {
        return item(
                () -> reservations.confirmReservation(reservationId, key(idempotencyKey), blocking()),
                InventoryMapping::reservation);
    }

    @Override
    public Reservation cancelReservation(UUID reservationId) {
        return item(
                () -> reservations.cancelReservation(reservationId, null, blocking()), InventoryMapping::reservation);
    }

    @Override
    public Reservation cancelReservation(UUID reservationId, String idempotencyKey) {
        return item(
                () -> reservations.cancelReservation(reservationId, key(idempotencyKey), blocking()),
                InventoryMapping::reservation);
    }
}
