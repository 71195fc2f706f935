package io.multicloudboutique.client.food;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The food catalogue, with what the inventory has in stock. The methods are named after the contract's operations.
 * They throw a {@link BoutiqueException} when they fail. Thread-safe.
 */
public interface FoodClient extends ServiceClient {

    /** Lists the food items by id, with what the inventory has. If the inventory does not answer, the page says why. */
    default Pages<FoodItem, FoodPage> listFoodItems() {
        return listFoodItems(50);
    }

    /**
     * Lists the food items by id, with what the inventory has. If the inventory does not answer, the page says why.
     * {@code pageSize} is how many a page has at the most, 1 to 200.
     */
    Pages<FoodItem, FoodPage> listFoodItems(int pageSize);

    /** Puts a food item on the menu. */
    FoodItem createFoodItem(NewFoodItem item);

    /**
     * Puts a food item on the menu. With the same key and the same item, it has one effect, however often it is called
     * within 24 hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    FoodItem createFoodItem(NewFoodItem item, String idempotencyKey);

    /** Reads an item. */
    FoodItem getFoodItem(long id);

    /** Reads an item unless it still has this version; then the answer is empty. */
    Optional<FoodItem> getFoodItem(long id, String knownEtag);

    /** Changes what is set and leaves the rest. */
    FoodItem updateFoodItem(long id, FoodItemChange change);

    /**
     * Changes what is set and leaves the rest, if nobody has changed it since: else it throws
     * {@link PreconditionFailedException}.
     */
    FoodItem updateFoodItem(long id, FoodItemChange change, String etag);

    /** Takes a food item off the menu, and returns it as it was. */
    FoodItem deleteFoodItem(long id);

    /** Like {@link #deleteFoodItem(long)}, if nobody has changed it since. */
    FoodItem deleteFoodItem(long id, String etag);
}
