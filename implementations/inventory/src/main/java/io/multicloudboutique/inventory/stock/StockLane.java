package io.multicloudboutique.inventory.stock;

import io.multicloudboutique.support.idempotency.Decision;
import io.multicloudboutique.support.idempotency.Idempotency;
import io.multicloudboutique.support.idempotency.WriteLane;
import java.util.List;
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

    /** Makes a change and returns its response, once for each key, as {@link WriteLane#once} describes it. */
    <T> Mono<ResponseEntity<T>> once(
            @Nullable String key,
            @Nullable Object request,
            Class<T> responseType,
            StockChange<ResponseEntity<T>> change) {
        return lane.once(key, request, responseType, change);
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
            return repository.write(stock).thenReturn(decisions);
        });
    }
}
