package io.multicloudboutique.support.batching;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Reads items by id, up to a hundred with one query. Two queries can run at the same time, each with its own
 * connection, and never in a transaction of the caller. Thread-safe.
 */
public final class ReadsById<K, T> {

    private final Batcher<K, T> reads;

    /**
     * @param name the plural name of the items in metrics, which no other object of this class has
     * @param meters the registry for the metrics
     * @param find reads the items with these ids
     * @param idOf returns the id of an item
     */
    public ReadsById(String name, MeterRegistry meters, Function<Set<K>, Flux<T>> find, Function<T, K> idOf) {
        reads = new Batcher<>(
                "read-" + name,
                meters,
                2,
                100,
                Batcher.MAX_WAITING,
                id -> 1,
                Runnable::run, // the next query starts later, and reads more items
                ids -> find.apply(ids.stream().collect(Collectors.toSet()))
                        .collect(Collectors.toMap(idOf, item -> item))
                        .map(found ->
                                ids.stream().map(id -> answer(found.get(id))).toList()));
    }

    /** Reads an item. Returns an empty Mono if there is no item with this id. */
    public Mono<T> find(K id) {
        return reads.ask(id);
    }

    private static <T> Mono<T> answer(@Nullable T item) {
        return Mono.justOrEmpty(item);
    }
}
