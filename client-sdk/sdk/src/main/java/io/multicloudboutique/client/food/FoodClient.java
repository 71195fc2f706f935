package io.multicloudboutique.client.food;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The client for the food service, which manages the food catalogue and lists it with stock levels from the inventory.
 * The methods are named after the operations in the contract. They throw a {@link BoutiqueException} if a call fails.
 * Thread-safe.
 */
public interface FoodClient extends ServiceClient {

    /**
     * Lists the food items, ordered by id, with the stock levels from the inventory. If the inventory does not respond,
     * the page contains the reason instead of the stock levels.
     */
    default Pages<FoodItem, FoodPage> listFoodItems() {
        return listFoodItems(50);
    }

    /**
     * Lists the food items, ordered by id, with the stock levels from the inventory. If the inventory does not respond,
     * the page contains the reason instead of the stock levels.
     *
     * @param pageSize the maximum number of items on a page, 1 to 200
     */
    Pages<FoodItem, FoodPage> listFoodItems(int pageSize);

    /** Adds a food item to the catalogue. */
    FoodItem createFoodItem(FoodItemDraft item);

    /**
     * Adds a food item to the catalogue. Calls with the same key and the same item take effect once within 24 hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    FoodItem createFoodItem(FoodItemDraft item, String idempotencyKey);

    /** Reads a food item. */
    FoodItem getFoodItem(long id);

    /** Reads a food item, or returns {@code Optional.empty()} if the item still has the version {@code knownEtag}. */
    Optional<FoodItem> getFoodItem(long id, String knownEtag);

    /** Changes the fields that are set in {@code change}. The other fields keep their values. */
    FoodItem updateFoodItem(long id, FoodItemChange change);

    /**
     * Changes the fields that are set in {@code change}, if the item still has the version {@code etag}. The other
     * fields keep their values.
     *
     * @throws PreconditionFailedException if the item has changed since that version; nothing is overwritten
     */
    FoodItem updateFoodItem(long id, FoodItemChange change, String etag);

    /** Deletes a food item and returns its last state. */
    FoodItem deleteFoodItem(long id);

    /**
     * Deletes a food item and returns its last state, if the item still has the version {@code etag}.
     *
     * @throws PreconditionFailedException if the item has changed since that version
     */
    FoodItem deleteFoodItem(long id, String etag);
}
