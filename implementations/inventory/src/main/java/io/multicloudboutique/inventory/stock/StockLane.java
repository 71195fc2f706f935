package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Decision.Refused;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import io.multicloudboutique.support.security.Caller;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The one lane through which this instance changes stock. Thread-safe. */
@Component
class StockLane {

    private final StockRepository repository;
    private final WriteLane<StockChange<? extends ResponseEntity<?>>> lane;

    StockLane(StockRepository repository, Idempotency idempotency) {
        this.repository = repository;
        lane = idempotency.lane("stock", StockChange::weight, this::decide);
    }

    /**
     * Makes a change for the caller of the current request, and returns its response, once for each key, as
     * {@link WriteLane#once} describes it. If due reservations hold the stock that the change needs, it is decided again
     * in a transaction that expires them first.
     */
    <T> Mono<ResponseEntity<T>> once(
            @Nullable String key,
            @Nullable Object request,
            Class<T> responseType,
            StockChange<ResponseEntity<T>> change) {
        return Caller.current()
                .flatMap(caller -> onceByCaller(key, request, responseType, change.by(caller.orElse(null))));
    }

    private <T> Mono<ResponseEntity<T>> onceByCaller(
            @Nullable String key,
            @Nullable Object request,
            Class<T> responseType,
            StockChange<ResponseEntity<T>> change) {
        return lane.once(key, request, responseType, change)
                .onErrorResume(
                        DueHolds.class,
                        due -> onceByCaller(key, request, responseType, change.expiringFirst(due.reservationIds())));
    }

    /** Makes a change that no request has asked for. */
    Mono<Integer> run(StockChange<Integer> change) {
        return lane.run(change.map(ResponseEntity::ok)).map(response -> (Integer) response.getBody());
    }

    private Mono<List<Decision>> decide(List<StockChange<? extends ResponseEntity<?>>> changes) {
        return repository.lock(changes).flatMap(stock -> {
            var decisions = changes.stream()
                    .<Decision>map(change -> Decision.of(() -> change.decision().apply(stock)))
                    .toList();
            return repository
                    .write(stock)
                    .then(repository.dueHolds(productsNeeded(decisions), stock.now()))
                    .map(due -> decisions.stream()
                            .map(decision -> orDueHolds(decision, due))
                            .toList());
        });
    }

    private static Set<String> productsNeeded(List<Decision> decisions) {
        return decisions.stream()
                .filter(decision -> decision instanceof Refused refused && refused.reason() instanceof HeldStockNeeded)
                .flatMap(decision -> ((HeldStockNeeded) ((Refused) decision).reason()).productIds().stream())
                .collect(Collectors.toSet());
    }

    private static Decision orDueHolds(Decision decision, Map<String, Collection<UUID>> due) {
        if (decision instanceof Refused refused && refused.reason() instanceof HeldStockNeeded needed) {
            var holds = needed.productIds().stream()
                    .flatMap(productId -> due.getOrDefault(productId, List.of()).stream())
                    .collect(Collectors.toSet());
            return holds.isEmpty() ? decision : new Refused(new DueHolds(holds));
        }
        return decision;
    }
}
