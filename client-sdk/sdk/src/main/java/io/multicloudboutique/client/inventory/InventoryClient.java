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
 * Stock levels, reservations and their history. The methods are named after the contract's operations.
 * They throw a {@link BoutiqueException} when they fail. Thread-safe.
 *
 * <p>{@code idempotencyKey}, where there is one: 1 to 255 visible ASCII characters without {@code "}. With the same key and
 * the same arguments, a call has one effect, however often it is made within 24 hours. A call without one gets a key that
 * its attempts share.
 */
public interface InventoryClient extends ServiceClient {

    /** Lists the products and their stock, by product id. */
    default Pages<Product, ProductPage> listProducts() {
        return listProducts(50);
    }

    /**
     * Lists the products and their stock, by product id.
     *
     * @param pageSize how many a page has at the most, 1 to 200
     */
    Pages<Product, ProductPage> listProducts(int pageSize);

    /** Puts a product into the inventory. */
    Product createProduct(NewProduct product);

    /** Puts a product into the inventory. */
    Product createProduct(NewProduct product, String idempotencyKey);

    /** Reads a product and its stock. */
    Product getProduct(String productId);

    /** Reads a product and its stock unless it still has this version; then the answer is empty. */
    Optional<Product> getProduct(String productId, String knownEtag);

    /** Changes what is set and leaves the rest. */
    Product updateProduct(String productId, ProductChange change);

    /**
     * Changes what is set and leaves the rest, if nobody has changed it since: else it throws
     * {@link PreconditionFailedException}.
     */
    Product updateProduct(String productId, ProductChange change, String etag);

    /**
     * Reserves loose stock: it stays reserved until it is released. For an order, {@link #createReservation} is better,
     * which ends by itself.
     *
     * @param quantity how many, 1 to 1,000,000
     * @throws InsufficientStockException if less is available; nothing is reserved then
     */
    Product reserveStock(String productId, int quantity);

    /** Like {@link #reserveStock(String, int)}, with a key of the caller's. */
    Product reserveStock(String productId, int quantity, String idempotencyKey);

    /**
     * Releases loose stock. What a reservation holds is not released here.
     *
     * @param quantity how many, 1 to 1,000,000
     */
    Product releaseStock(String productId, int quantity);

    /** Like {@link #releaseStock(String, int)}, with a key of the caller's. */
    Product releaseStock(String productId, int quantity, String idempotencyKey);

    /** Lists what happened to the stock of a product, newest first. */
    default Pages<Movement, Page<Movement>> listMovements(String productId) {
        return listMovements(productId, 50);
    }

    /**
     * Lists what happened to the stock of a product, newest first.
     *
     * @param pageSize how many a page has at the most, 1 to 200
     */
    Pages<Movement, Page<Movement>> listMovements(String productId, int pageSize);

    /** Lists the reservations, newest first. */
    default Pages<Reservation, Page<Reservation>> listReservations() {
        return listReservations(ReservationQuery.all());
    }

    /** Lists the reservations that the query matches, newest first. */
    Pages<Reservation, Page<Reservation>> listReservations(ReservationQuery query);

    /**
     * Holds a cart: every line or none. Until it expires it can be confirmed or cancelled.
     *
     * @throws InsufficientStockException if products are short; it says which
     * @throws ConflictException if its reference is taken
     */
    Reservation createReservation(NewReservation reservation);

    /** Like {@link #createReservation(NewReservation)}, with a key of the caller's. */
    Reservation createReservation(NewReservation reservation, String idempotencyKey);

    /** Reads a reservation. */
    Reservation getReservation(UUID reservationId);

    /** Reads a reservation unless it still has this version; then the answer is empty. */
    Optional<Reservation> getReservation(UUID reservationId, String knownEtag);

    /**
     * Takes what a reservation holds out of the stock for good. Confirming again changes nothing.
     *
     * @throws ConflictException if it was cancelled or has expired
     */
    Reservation confirmReservation(UUID reservationId);

    /** Like {@link #confirmReservation(UUID)}, with a key of the caller's. */
    Reservation confirmReservation(UUID reservationId, String idempotencyKey);

    /**
     * Gives a reservation up: its stock returns. Cancelling again changes nothing.
     *
     * @throws ConflictException if it was confirmed or has expired
     */
    Reservation cancelReservation(UUID reservationId);

    /** Like {@link #cancelReservation(UUID)}, with a key of the caller's. */
    Reservation cancelReservation(UUID reservationId, String idempotencyKey);
}
