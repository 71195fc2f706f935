package io.multicloudboutique.client.furniture;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The furniture catalogue. The methods are named after the contract's operations.
 * They throw a {@link BoutiqueException} when they fail. Thread-safe.
 */
public interface FurnitureClient extends ServiceClient {

    /** Lists the furniture items by id. */
    default Pages<FurnitureItem, Page<FurnitureItem>> listFurnitureItems() {
        return listFurnitureItems(FurnitureQuery.all());
    }

    /** Lists the furniture items by id. */
    Pages<FurnitureItem, Page<FurnitureItem>> listFurnitureItems(FurnitureQuery query);

    /** Puts a furniture item on sale. */
    FurnitureItem createFurnitureItem(NewFurnitureItem item);

    /**
     * Puts a furniture item on sale. With the same key and the same item, it has one effect, however often it is called
     * within 24 hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    FurnitureItem createFurnitureItem(NewFurnitureItem item, String idempotencyKey);

    /** Reads an item. */
    FurnitureItem getFurnitureItem(long id);

    /** Reads an item unless it still has this version; then the answer is empty. */
    Optional<FurnitureItem> getFurnitureItem(long id, String knownEtag);

    /** Changes what is set and leaves the rest. */
    FurnitureItem updateFurnitureItem(long id, FurnitureItemChange change);

    /**
     * Changes what is set and leaves the rest, if nobody has changed it since: else it throws
     * {@link PreconditionFailedException}.
     */
    FurnitureItem updateFurnitureItem(long id, FurnitureItemChange change, String etag);

    /** Takes a furniture item off sale, and returns it as it was. */
    FurnitureItem deleteFurnitureItem(long id);

    /** Like {@link #deleteFurnitureItem(long)}, if nobody has changed it since. */
    FurnitureItem deleteFurnitureItem(long id, String etag);
}
