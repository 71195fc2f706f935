package io.multicloudboutique.client.furniture;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.PreconditionFailedException;
import java.util.Optional;

/**
 * The client for the furniture service, which manages the furniture catalogue. The methods are named after the
 * operations in the contract. They throw a {@link BoutiqueException} if a call fails. Thread-safe.
 */
public interface FurnitureClient extends ServiceClient {

    /** Lists all furniture items, ordered by id. */
    default Pages<FurnitureItem, Page<FurnitureItem>> listFurnitureItems() {
        return listFurnitureItems(FurnitureQuery.all());
    }

    /** Lists the furniture items that match the query, ordered by id. */
    Pages<FurnitureItem, Page<FurnitureItem>> listFurnitureItems(FurnitureQuery query);

    /** Adds a furniture item to the catalogue. */
    FurnitureItem createFurnitureItem(FurnitureItemDraft item);

    /**
     * Adds a furniture item to the catalogue. Calls with the same key and the same item take effect once within 24
     * hours.
     *
     * @param idempotencyKey 1 to 255 visible ASCII characters without {@code "}
     */
    FurnitureItem createFurnitureItem(FurnitureItemDraft item, String idempotencyKey);

    /** Reads a furniture item. */
    FurnitureItem getFurnitureItem(long id);

    /**
     * Reads a furniture item, or returns {@code Optional.empty()} if the item still has the version {@code knownEtag}.
     */
    Optional<FurnitureItem> getFurnitureItem(long id, String knownEtag);

    /** Changes the fields that are set in {@code change}. The other fields keep their values. */
    FurnitureItem updateFurnitureItem(long id, FurnitureItemChange change);

    /**
     * Changes the fields that are set in {@code change}, if the item still has the version {@code etag}. The other
     * fields keep their values.
     *
     * @throws PreconditionFailedException if the item has changed since that version; nothing is overwritten
     */
    FurnitureItem updateFurnitureItem(long id, FurnitureItemChange change, String etag);

    /** Deletes a furniture item and returns its last state. */
    FurnitureItem deleteFurnitureItem(long id);

    /**
     * Deletes a furniture item and returns its last state, if the item still has the version {@code etag}.
     *
     * @throws PreconditionFailedException if the item has changed since that version
     */
    FurnitureItem deleteFurnitureItem(long id, String etag);
}
