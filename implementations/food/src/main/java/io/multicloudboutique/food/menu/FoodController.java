package io.multicloudboutique.food.menu;

import io.multicloudboutique.food.api.DeletedFoodItem;
import io.multicloudboutique.food.api.FoodApi;
import io.multicloudboutique.food.api.FoodItem;
import io.multicloudboutique.food.api.FoodItemChange;
import io.multicloudboutique.food.api.FoodList;
import io.multicloudboutique.food.api.NewFoodItem;
import io.multicloudboutique.food.inventory.InventoryClient;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class FoodController implements FoodApi {

    private final FoodItems items;
    private final InventoryClient inventory;
    private final Idempotency idempotency;

    FoodController(FoodItems items, InventoryClient inventory, Idempotency idempotency) {
        this.items = items;
        this.inventory = inventory;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<FoodList>> listFoodItems(Integer limit, @Nullable String cursor) {
        return items.page(PageRequest.of(limit, cursor))
                .zipWith(inventory.products())
                .flatMap(found -> found.getT1()
                        .answer(new FoodList(
                                found.getT1().items().stream()
                                        .map(FoodMapping::toApi)
                                        .toList(),
                                FoodMapping.toApi(found.getT2()))));
    }

    @Override
    public Mono<ResponseEntity<FoodItem>> createFoodItem(
            Mono<NewFoodItem> newFoodItem, @Nullable String idempotencyKey) {
        return newFoodItem.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                FoodItem.class,
                () -> items.add(FoodMapping.draft(request))
                        .map(item ->
                                EntityTags.created("food/" + item.id(), item.version(), FoodMapping.toApi(item)))));
    }

    @Override
    public Mono<ResponseEntity<FoodItem>> getFoodItem(Long id, @Nullable String ifNoneMatch) {
        return items.find(id).map(FoodController::answer);
    }

    @Override
    public Mono<ResponseEntity<FoodItem>> updateFoodItem(
            Long id, Mono<FoodItemChange> foodItemChange, @Nullable String ifMatch) {
        return foodItemChange
                .map(FoodMapping::draft)
                .flatMap(change -> items.change(id, ifMatch, item -> item.changed(change)))
                .map(FoodController::answer);
    }

    @Override
    public Mono<ResponseEntity<DeletedFoodItem>> deleteFoodItem(Long id, @Nullable String ifMatch) {
        return items.delete(id, ifMatch)
                .map(item -> ResponseEntity.ok(
                        new DeletedFoodItem("Food item " + id + " was deleted.", FoodMapping.toApi(item))));
    }

    private static ResponseEntity<FoodItem> answer(io.multicloudboutique.food.menu.FoodItem item) {
        return EntityTags.ok(item.version(), FoodMapping.toApi(item));
    }
}
