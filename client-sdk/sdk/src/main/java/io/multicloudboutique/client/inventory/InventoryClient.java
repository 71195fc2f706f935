package io.multicloudboutique.client.inventory;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.ConflictException;
import io.multicloudboutique.client.errors.InsufficientStockException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;
import java.util.UUID;

/**
 * The client for the inventory service, which manages stock levels, reservations, and the history of stock changes. The
 * methods are named after the operations in the contract. They throw a {@link BoutiqueException} if a call fails.
 * Thread-safe.
 *
 * <p>An {@code idempotencyKey} has 1 to 255 visible ASCII characters without {@code "}. Calls with the same key and the
 * same arguments take effect once within 24 hours. For a call without a key, the SDK generates one that all attempts
 * share.
 */
public interface InventoryClient extends ServiceClient {

    /** Lists the products and their stock, ordered by product id. */
    default Pages<Product, ProductPage> listProducts() {
        return listProducts(50);
    }

    /**
     * Lists the products and their stock, ordered by product id.
     *
     * @param pageSize the maximum number of products on a page, 1 to 200
     */
    Pages<Product, ProductPage> listProducts(int pageSize);

    /**
     * Adds a product to the inventory.
     *
     * @throws ConflictException if a product with this id already exists
     */
    Product createProduct(ProductDraft product);

    /** Like {@link #createProduct(ProductDraft)}, but with your own idempotency key. */
    Product createProduct(ProductDraft product, String idempotencyKey);

    /** Reads a product and its stock. */
    Product getProduct(String productId);

    /**
     * Reads a product and its stock, or returns {@code Optional.empty()} if the product still has the version
     * {@code knownEtag}.
     */
    Optional<Product> getProduct(String productId, String knownEtag);

    /** Changes the fields that are set in {@code change}. The other fields keep their values. */
    Product updateProduct(String productId, ProductChange change);

    /**
     * Changes the fields that are set in {@code change}, if the product still has the version {@code etag}. The other
     * fields keep their values.
     *
     * @throws PreconditionFailedException if the product has changed since that version; nothing is overwritten
     */
    Product updateProduct(String productId, ProductChange change, String etag);

    /**
     * Reserves unassigned stock: stock without a reservation, which stays reserved until it is released. For an order,
     * prefer {@link #createReservation}, because a reservation expires by itself.
     *
     * @param quantity the number of units, 1 to 1,000,000
     * @throws InsufficientStockException if less is available; nothing is reserved
     */
    Product reserveStock(String productId, int quantity);

    /** Like {@link #reserveStock(String, int)}, but with your own idempotency key. */
    Product reserveStock(String productId, int quantity, String idempotencyKey);

    /**
     * Releases unassigned stock. This method does not release stock that a reservation holds.
     *
     * @param quantity the number of units, 1 to 1,000,000
     * @throws ConflictException if the quantity exceeds the unassigned quantity of the product
     */
    Product releaseStock(String productId, int quantity);

    /** Like {@link #releaseStock(String, int)}, but with your own idempotency key. */
    Product releaseStock(String productId, int quantity, String idempotencyKey);

    /** Lists the stock movements of a product, newest first. */
    default Pages<Movement, Page<Movement>> listMovements(String productId) {
        return listMovements(productId, 50);
    }

    /**
     * Lists the stock movements of a product, newest first.
     *
     * @param pageSize the maximum number of movements on a page, 1 to 200
     */
    Pages<Movement, Page<Movement>> listMovements(String productId, int pageSize);

    /** Lists all reservations, newest first. */
    default Pages<Reservation, Page<Reservation>> listReservations() {
        return listReservations(ReservationQuery.all());
    }

    /** Lists the reservations that match the query, newest first. */
    Pages<Reservation, Page<Reservation>> listReservations(ReservationQuery query);

    /**
     * Holds a cart, either completely or not at all. You can confirm or cancel the reservation until it expires.
     *
     * @throws InsufficientStockException if a product does not have enough available stock;
     *     {@link InsufficientStockException#shortages()} lists all such products
     * @throws ConflictException if another active or confirmed reservation has the same reference
     */
    Reservation createReservation(ReservationDraft reservation);

    /** Like {@link #createReservation(ReservationDraft)}, but with your own idempotency key. */
    Reservation createReservation(ReservationDraft reservation, String idempotencyKey);

    /** Reads a reservation. */
    Reservation getReservation(UUID reservationId);

    /**
     * Reads a reservation, or returns {@code Optional.empty()} if the reservation still has the version
     * {@code knownEtag}.
     */
    Optional<Reservation> getReservation(UUID reservationId, String knownEtag);

    /**
     * Confirms a reservation, which deducts the held quantities from the stock levels. Confirming again changes
     * nothing.
     *
     * @throws ConflictException if the reservation was cancelled or has expired
     */
    Reservation confirmReservation(UUID reservationId);

    /** Like {@link #confirmReservation(UUID)}, but with your own idempotency key. */
    Reservation confirmReservation(UUID reservationId, String idempotencyKey);

    /**
     * Cancels a reservation, which makes the held stock available again. Cancelling again changes nothing.
     *
     * @throws ConflictException if the reservation was confirmed or has expired
     */
    Reservation cancelReservation(UUID reservationId);

    /** Like {@link #cancelReservation(UUID)}, but with your own idempotency key. */
    Reservation cancelReservation(UUID reservationId, String idempotencyKey);
}
