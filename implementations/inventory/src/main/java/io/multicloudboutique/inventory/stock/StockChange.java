package io.multicloudboutique.inventory.stock;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A change of stock: the rows that it needs, and the decision about it. Immutable.
 *
 * @param productIds the products that it reads or changes, except those of the reservations
 * @param reservationIds the reservations that it reads or changes
 * @param reference the reference that a new reservation needs; null if there is none
 * @param decision makes the change, or throws a problem before it has changed anything, except that it may expire a due
 *     reservation
 */
record StockChange<R>(
        Collection<String> productIds,
        Collection<UUID> reservationIds,
        @Nullable String reference,
        Function<LockedStock, R> decision) {

    static <R> StockChange<R> ofProduct(String productId, Function<LockedStock, R> decision) {
        return new StockChange<>(Set.of(productId), List.of(), null, decision);
    }

    static <R> StockChange<R> ofReservations(Collection<UUID> reservationIds, Function<LockedStock, R> decision) {
        return new StockChange<>(List.of(), reservationIds, null, decision);
    }

    /** The number of rows that the change locks, if each reservation has one line. */
    int weight() {
        return productIds.size() + 2 * reservationIds.size();
    }

    /** Returns a change that first expires these reservations as far as they are due. */
    StockChange<R> expiringFirst(Collection<UUID> due) {
        var all = Stream.concat(reservationIds.stream(), due.stream()).collect(Collectors.toSet());
        return new StockChange<>(productIds, all, reference, stock -> {
            stock.expire(due);
            return decision.apply(stock);
        });
    }

    /** Returns a change whose movements name this caller; null if there is none. */
    StockChange<R> by(@Nullable String caller) {
        return new StockChange<>(productIds, reservationIds, reference, stock -> {
            stock.setCaller(caller);
            return decision.apply(stock);
        });
    }

    <S> StockChange<S> map(Function<R, S> mapping) {
        return new StockChange<>(productIds, reservationIds, reference, decision.andThen(mapping));
    }
}
