package io.multicloudboutique.food.menu;

import io.multicloudboutique.food.menu.FoodItem.Draft;
import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.paging.Page;
import io.multicloudboutique.support.paging.PageRequest;
import io.multicloudboutique.support.problem.ProblemException;
import io.multicloudboutique.support.versions.EntityTags;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import reactor.core.publisher.Mono;

/** Decides about the menu. */
@Service
class Menu {

    private final FoodItems items;
    private final Transactions transactions;

    Menu(FoodItems items, Transactions transactions) {
        this.items = items;
        this.transactions = transactions;
    }

    Mono<Page<FoodItem>> page(PageRequest request) {
        return items.page(request);
    }

    Mono<FoodItem> find(long id) {
        return items.find(id).switchIfEmpty(Mono.error(() -> notFound(id)));
    }

    Mono<FoodItem> add(Draft draft) {
        return items.add(draft);
    }

    Mono<FoodItem> change(long id, Draft change, @Nullable String ifMatch) {
        return transactions.run(lock(id, ifMatch).flatMap(before -> {
            var after = before.changed(change);
            return after.equals(before) ? Mono.just(before) : items.update(after);
        }));
    }

    Mono<FoodItem> delete(long id, @Nullable String ifMatch) {
        return transactions.run(lock(id, ifMatch).flatMap(items::delete));
    }

    private Mono<FoodItem> lock(long id, @Nullable String ifMatch) {
        return items.lock(id)
                .switchIfEmpty(Mono.error(() -> notFound(id)))
                .doOnNext(item -> EntityTags.requireMatch(ifMatch, item.version()));
    }

    private static ProblemException notFound(long id) {
        return ProblemException.notFound("food item", id);
    }
}
