package io.multicloudboutique.client.internal.food;

import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.food.FoodClient;
import io.multicloudboutique.client.food.FoodItem;
import io.multicloudboutique.client.food.FoodItemChange;
import io.multicloudboutique.client.food.FoodPage;
import io.multicloudboutique.client.food.NewFoodItem;
import io.multicloudboutique.client.internal.http.Calls;
import io.multicloudboutique.client.internal.http.Connection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the food catalogue. Thread-safe. */
public final class FoodCalls extends Calls implements FoodClient {

    private final FoodApi api;

    public FoodCalls(Connection connection) {
        super(connection);
        api = connection.api(FoodApi.class);
    }

    @Override
    public Pages<FoodItem, FoodPage> listFoodItems(int pageSize) {
        return pages(cursor -> api.listFoodItems(pageSize, cursor), FoodMapping::page);
    }

    @Override
    public FoodItem createFoodItem(NewFoodItem item) {
        return create(item, null);
    }

    @Override
    public FoodItem createFoodItem(NewFoodItem item, String idempotencyKey) {
        return create(item, key(idempotencyKey));
    }

    private FoodItem create(NewFoodItem item, @Nullable String key) {
        return item(() -> api.createFoodItem(FoodMapping.wire(item), key), FoodMapping::item);
    }

    @Override
    public FoodItem getFoodItem(long id) {
        return item(() -> api.getFoodItem(id, null), FoodMapping::item);
    }

    @Override
    public Optional<FoodItem> getFoodItem(long id, String knownEtag) {
        return itemIfChanged(() -> api.getFoodItem(id, etag(knownEtag)), FoodMapping::item);
    }

    @Override
    public FoodItem updateFoodItem(long id, FoodItemChange change) {
        return update(id, change, null);
    }

    @Override
    public FoodItem updateFoodItem(long id, FoodItemChange change, String etag) {
        return update(id, change, etag(etag));
    }

    private FoodItem update(long id, FoodItemChange change, @Nullable String etag) {
        return item(() -> api.updateFoodItem(id, FoodMapping.wire(change), etag), FoodMapping::item);
    }

    @Override
    public FoodItem deleteFoodItem(long id) {
        return delete(id, null);
    }

    @Override
    public FoodItem deleteFoodItem(long id, String etag) {
        return delete(id, etag(etag));
    }

    private FoodItem delete(long id, @Nullable String etag) {
        return answer(() -> api.deleteFoodItem(id, etag), FoodMapping::item);
    }
}
