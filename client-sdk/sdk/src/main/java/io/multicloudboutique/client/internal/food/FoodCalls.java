package io.multicloudboutique.client.internal.food;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.food.FoodClient;
import io.multicloudboutique.client.food.FoodItem;
import io.multicloudboutique.client.food.FoodItemChange;
import io.multicloudboutique.client.food.FoodItemDraft;
import io.multicloudboutique.client.food.FoodPage;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import java.util.Optional;

/** Implements the client for food with the generated Feign interface. Thread-safe. */
public final class FoodCalls extends Calls implements FoodClient {

    private final FoodApi api;

    public FoodCalls(Connection connection) {
        super(connection);
        api = connection.api(FoodApi.class);
    }

    @Override
    public Pages<FoodItem, FoodPage> listFoodItems(int pageSize) {
        return pages(cursor -> api.listFoodItems(pageSize, cursor, blocking()), FoodMapping::page);
    }

    @Override
    public FoodItem createFoodItem(FoodItemDraft item) {
        return item(() -> api.createFoodItem(FoodMapping.wire(item), null, blocking()), FoodMapping::item);
    }

    @Override
    public FoodItem createFoodItem(FoodItemDraft item, String idempotencyKey) {
        return item(
                () -> api.createFoodItem(FoodMapping.wire(item), key(idempotencyKey), blocking()), FoodMapping::item);
    }

    @Override
    public FoodItem getFoodItem(long id) {
        return item(() -> api.getFoodItem(id, null, blocking()), FoodMapping::item);
    }

    @Override
    public Optional<FoodItem> getFoodItem(long id, String knownEtag) {
        return itemIfChanged(() -> api.getFoodItem(id, etag(knownEtag), blocking()), FoodMapping::item);
    }

    @Override
    public FoodItem updateFoodItem(long id, FoodItemChange change) {
        return item(() -> api.updateFoodItem(id, FoodMapping.wire(change), null, blocking()), FoodMapping::item);
    }

    @Override
    public FoodItem updateFoodItem(long id, FoodItemChange change, String etag) {
        return item(() -> api.updateFoodItem(id, FoodMapping.wire(change), etag(etag), blocking()), FoodMapping::item);
    }

    @Override
    public FoodItem deleteFoodItem(long id) {
        return answer(() -> api.deleteFoodItem(id, null, blocking()), FoodMapping::item);
    }

    @Override
    public FoodItem deleteFoodItem(long id, String etag) {
        return answer(() -> api.deleteFoodItem(id, etag(etag), blocking()), FoodMapping::item);
    }
}
