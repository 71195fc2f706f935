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
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class FoodController implements FoodApi {

    private final Menu menu;
    private final InventoryClient inventory;
    private final Idempotency idempotency;

    FoodController(Menu menu, InventoryClient inventory, Idempotency idempotency) {
        this.menu = menu;
        this.inventory = inventory;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<FoodList>> listFoodItems(Integer limit, @Nullable String cursor) {
        return menu.page(PageRequest.of(limit, cursor))
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
                () -> menu.add(FoodMapping.draft(request))
                        .map(item -> ResponseEntity.created(URI.create("food/" + item.id()))
                                .eTag(EntityTags.tag(item.version()))
                                .body(FoodMapping.toApi(item)))));
    }

    @Override
    public Mono<ResponseEntity<FoodItem>> getFoodItem(Long id, @Nullable String ifNoneMatch) {
        return menu.find(id).map(FoodController::answer);
    }

    @Override
    public Mono<ResponseEntity<FoodItem>> updateFoodItem(
            Long id, Mono<FoodItemChange> foodItemChange, @Nullable String ifMatch) {
        return foodItemChange
                .flatMap(change -> menu.change(id, FoodMapping.draft(change), ifMatch))
                .map(FoodController::answer);
    }

    @Override
    public Mono<ResponseEntity<DeletedFoodItem>> deleteFoodItem(Long id, @Nullable String ifMatch) {
        return menu.delete(id, ifMatch)
                .map(item -> ResponseEntity.ok(
                        new DeletedFoodItem("Food item " + id + " is deleted.", FoodMapping.toApi(item))));
    }

    private static ResponseEntity<FoodItem> answer(io.multicloudboutique.food.menu.FoodItem item) {
        return ResponseEntity.ok().eTag(EntityTags.tag(item.version())).body(FoodMapping.toApi(item));
    }
}
