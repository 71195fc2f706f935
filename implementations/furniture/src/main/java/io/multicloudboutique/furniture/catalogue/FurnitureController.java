package io.multicloudboutique.furniture.catalogue;

import io.multicloudboutique.furniture.api.DeletedFurnitureItemDto;
import io.multicloudboutique.furniture.api.FurnitureApi;
import io.multicloudboutique.furniture.api.FurnitureItemChangeDto;
import io.multicloudboutique.furniture.api.FurnitureItemDraftDto;
import io.multicloudboutique.furniture.api.FurnitureItemDto;
import io.multicloudboutique.furniture.catalogue.FurnitureItem.Draft;
import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

@RestController
class FurnitureController implements FurnitureApi {

    private final FurnitureItemRepository items;
    private final WriteLane<Draft> additions;

    FurnitureController(FurnitureItemRepository items, Idempotency idempotency) {
        this.items = items;
        additions = idempotency.lane(
                "furniture-items",
                drafts -> items.addAll(drafts).map(added -> Decision.acceptAll(added, FurnitureController::created)));
    }

    @Override
    public Mono<ResponseEntity<Flux<FurnitureItemDto>>> listFurnitureItems(
            @Nullable String category, Integer limit, @Nullable String cursor) {
        return items.page(category, PageRequest.of(limit, cursor))
                .flatMap(page -> page.answer(Flux.fromIterable(page.items()).map(FurnitureMapping::toDto)));
    }

    @Override
    public Mono<ResponseEntity<FurnitureItemDto>> createFurnitureItem(
            Mono<FurnitureItemDraftDto> furnitureItemDraft, @Nullable String idempotencyKey) {
        return furnitureItemDraft.flatMap(request ->
                additions.once(idempotencyKey, request, FurnitureItemDto.class, FurnitureMapping.draft(request)));
    }

    @Override
    public Mono<ResponseEntity<FurnitureItemDto>> getFurnitureItem(Long id, @Nullable String ifNoneMatch) {
        return items.find(id).map(FurnitureController::response);
    }

    @Override
    public Mono<ResponseEntity<FurnitureItemDto>> updateFurnitureItem(
            Long id, Mono<FurnitureItemChangeDto> furnitureItemChange, @Nullable String ifMatch) {
        return furnitureItemChange
                .map(FurnitureMapping::draft)
                .flatMap(change -> items.change(id, ifMatch, item -> item.changed(change)))
                .map(FurnitureController::response);
    }

    @Override
    public Mono<ResponseEntity<DeletedFurnitureItemDto>> deleteFurnitureItem(Long id, @Nullable String ifMatch) {
        return items.delete(id, ifMatch)
                .map(item -> ResponseEntity.ok(new DeletedFurnitureItemDto(
                        "Furniture item " + id + " was deleted.", FurnitureMapping.toDto(item))));
    }

    private static ResponseEntity<FurnitureItemDto> created(FurnitureItem item) {
        return EntityTags.created("furniture/" + item.id(), item.version(), FurnitureMapping.toDto(item));
    }

    private static ResponseEntity<FurnitureItemDto> response(FurnitureItem item) {
        return EntityTags.ok(item.version(), FurnitureMapping.toDto(item));
    }
}
