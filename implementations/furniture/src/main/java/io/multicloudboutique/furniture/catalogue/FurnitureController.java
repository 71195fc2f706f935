package io.multicloudboutique.furniture.catalogue;

import io.multicloudboutique.furniture.api.DeletedFurnitureItem;
import io.multicloudboutique.furniture.api.FurnitureApi;
import io.multicloudboutique.furniture.api.FurnitureItem;
import io.multicloudboutique.furniture.api.FurnitureItemChange;
import io.multicloudboutique.furniture.api.NewFurnitureItem;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class FurnitureController implements FurnitureApi {

    private final FurnitureItems items;
    private final Idempotency idempotency;

    FurnitureController(FurnitureItems items, Idempotency idempotency) {
        this.items = items;
        this.idempotency = idempotency;
    }

    @Override
    public Mono<ResponseEntity<Flux<FurnitureItem>>> listFurnitureItems(
            @Nullable String category, Integer limit, @Nullable String cursor) {
        return items.page(category, PageRequest.of(limit, cursor))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(FurnitureMapping::toApi)));
    }

    @Override
    public Mono<ResponseEntity<FurnitureItem>> createFurnitureItem(
            Mono<NewFurnitureItem> newFurnitureItem, @Nullable String idempotencyKey) {
        return newFurnitureItem.flatMap(request -> idempotency.once(
                idempotencyKey,
                request,
                FurnitureItem.class,
                () -> items.add(FurnitureMapping.draft(request))
                        .map(item -> EntityTags.created(
                                "furniture/" + item.id(), item.version(), FurnitureMapping.toApi(item)))));
    }

    @Override
    public Mono<ResponseEntity<FurnitureItem>> getFurnitureItem(Long id, @Nullable String ifNoneMatch) {
        return items.find(id).map(FurnitureController::answer);
    }

    @Override
    public Mono<ResponseEntity<FurnitureItem>> updateFurnitureItem(
            Long id, Mono<FurnitureItemChange> furnitureItemChange, @Nullable String ifMatch) {
        return furnitureItemChange
                .map(FurnitureMapping::draft)
                .flatMap(change -> items.change(id, ifMatch, item -> item.changed(change)))
                .map(FurnitureController::answer);
    }

    @Override
    public Mono<ResponseEntity<DeletedFurnitureItem>> deleteFurnitureItem(Long id, @Nullable String ifMatch) {
        return items.delete(id, ifMatch)
                .map(item -> ResponseEntity.ok(new DeletedFurnitureItem(
                        "Furniture item " + id + " was deleted.", FurnitureMapping.toApi(item))));
    }

    private static ResponseEntity<FurnitureItem> answer(io.multicloudboutique.furniture.catalogue.FurnitureItem item) {
        return EntityTags.ok(item.version(), FurnitureMapping.toApi(item));
    }
}
