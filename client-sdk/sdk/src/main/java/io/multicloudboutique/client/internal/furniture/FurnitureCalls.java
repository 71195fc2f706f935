package io.multicloudboutique.client.internal.furniture;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.furniture.FurnitureClient;
import io.multicloudboutique.client.furniture.FurnitureItem;
import io.multicloudboutique.client.furniture.FurnitureItemChange;
import io.multicloudboutique.client.furniture.FurnitureItemDraft;
import io.multicloudboutique.client.furniture.FurnitureQuery;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import java.util.Optional;

/** Implements the client for furniture with the generated Feign interface. Thread-safe. */
public final class FurnitureCalls extends Calls implements FurnitureClient {

    private final FurnitureApi api;

    public FurnitureCalls(Connection connection) {
        super(connection);
        api = connection.api(FurnitureApi.class);
    }

    @Override
    public Pages<FurnitureItem, Page<FurnitureItem>> listFurnitureItems(FurnitureQuery query) {
        return list(
                cursor -> api.listFurnitureItems(
                        query.category().orElse(null), query.pageSize().orElse(null), cursor, blocking()),
                FurnitureMapping::item);
    }

    @Override
    public FurnitureItem createFurnitureItem(FurnitureItemDraft item) {
        return item(
                () -> api.createFurnitureItem(FurnitureMapping.wire(item), null, blocking()), FurnitureMapping::item);
    }

    @Override
    public FurnitureItem createFurnitureItem(FurnitureItemDraft item, String idempotencyKey) {
        return item(
                () -> api.createFurnitureItem(FurnitureMapping.wire(item), key(idempotencyKey), blocking()),
                FurnitureMapping::item);
    }

    @Override
    public FurnitureItem getFurnitureItem(long id) {
        return item(() -> api.getFurnitureItem(id, null, blocking()), FurnitureMapping::item);
    }

    @Override
    public Optional<FurnitureItem> getFurnitureItem(long id, String knownEtag) {
        return itemIfChanged(() -> api.getFurnitureItem(id, etag(knownEtag), blocking()), FurnitureMapping::item);
    }

    @Override
    public FurnitureItem updateFurnitureItem(long id, FurnitureItemChange change) {
        return item(
                () -> api.updateFurnitureItem(id, FurnitureMapping.wire(change), null, blocking()),
                FurnitureMapping::item);
    }

    @Override
    public FurnitureItem updateFurnitureItem(long id, FurnitureItemChange change, String etag) {
        return item(
                () -> api.updateFurnitureItem(id, FurnitureMapping.wire(change), etag(etag), blocking()),
                FurnitureMapping::item);
    }

    @Override
    public FurnitureItem deleteFurnitureItem(long id) {
        return answer(() -> api.deleteFurnitureItem(id, null, blocking()), FurnitureMapping::item);
    }

    @Override
    public FurnitureItem deleteFurnitureItem(long id, String etag) {
        return answer(() -> api.deleteFurnitureItem(id, etag(etag), blocking()), FurnitureMapping::item);
    }
}
