package io.multicloudboutique.food.menu;

import io.multicloudboutique.food.api.DeletedFoodItemDto;
import io.multicloudboutique.food.api.FoodApi;
import io.multicloudboutique.food.api.FoodItemChangeDto;
import io.multicloudboutique.food.api.FoodItemDraftDto;
import io.multicloudboutique.food.api.FoodItemDto;
import io.multicloudboutique.food.api.FoodListDto;
import io.multicloudboutique.food.inventory.InventoryClient;
import io.multicloudboutique.food.menu.FoodItem.Draft;
import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class FoodController implements FoodApi {

    private final FoodItemRepository items;
    private final InventoryClient inventory;
    private final WriteLane<Draft> additions;

    FoodController(FoodItemRepository items, InventoryClient inventory, Idempotency idempotency) {
        this.items = items;
        this.inventory = inventory;
        additions = idempotency.lane(
                "food-items",
                drafts -> items.addAll(drafts).map(added -> Decision.acceptAll(added, FoodController::created)));
    }

    @Override
    public Mono<ResponseEntity<FoodListDto>> listFoodItems(Integer limit, @Nullable String cursor) {
        return items.pageById(PageRequest.of(limit, cursor))
                .zipWith(inventory.products())
                .flatMap(pageAndProducts -> pageAndProducts
                        .getT1()
                        .answer(new FoodListDto(
                                        pageAndProducts.getT1().items().stream()
                                                .map(FoodMapping::toDto)
                                                .toList(),
                                        FoodMapping.toDto(pageAndProducts.getT2()))
                                .nextCursor(pageAndProducts.getT1().nextCursor())));
    }

    @Override
    public Mono<ResponseEntity<FoodItemDto>> createFoodItem(
            Mono<FoodItemDraftDto> foodItemDraft, @Nullable String idempotencyKey) {
        return foodItemDraft.flatMap(
                request -> additions.once(idempotencyKey, request, FoodItemDto.class, FoodMapping.draft(request)));
    }

    @Override
    public Mono<ResponseEntity<FoodItemDto>> getFoodItem(Long id, @Nullable String ifNoneMatch) {
        return items.find(id).map(FoodController::response);
    }

    @Override
    public Mono<ResponseEntity<FoodItemDto>> updateFoodItem(
            Long id, Mono<FoodItemChangeDto> foodItemChange, @Nullable String ifMatch) {
        return foodItemChange
                .map(FoodMapping::draft)
                .flatMap(change -> items.change(id, ifMatch, item -> item.changed(change)))
                .map(FoodController::response);
    }

    @Override
    public Mono<ResponseEntity<DeletedFoodItemDto>> deleteFoodItem(Long id, @Nullable String ifMatch) {
        return items.delete(id, ifMatch)
                .map(item -> ResponseEntity.ok(
                        new DeletedFoodItemDto("Food item " + id + " was deleted.", FoodMapping.toDto(item))));
    }

    private static ResponseEntity<FoodItemDto> created(FoodItem item) {
        return EntityTags.created("food/" + item.id(), item.version(), FoodMapping.toDto(item));
    }

    private static ResponseEntity<FoodItemDto> response(FoodItem item) {
        return EntityTags.ok(item.version(), FoodMapping.toDto(item));
    }
}
