package io.multicloudboutique.client;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A list that is read page by page without blocking a thread. Each method starts again at the first page, and requests
 * every further page when the previous one has been read. If a request fails or a consumer throws an exception, the
 * future completes with that exception and no further page is requested; the same happens if you cancel the future.
 * Only the SDK implements this interface. Immutable and thread-safe.
 *
 * <p>Consumers run one after the other, on the thread that completes the request. They must not block.
 *
 * @param <T> the type of the items
 * @param <P> the type of the pages
 */
public interface AsyncPages<T, P extends Page<T>> {

    /** Requests the first page. */
    CompletableFuture<P> first();

    /** Reads all pages and passes each page to the consumer. */
    CompletableFuture<Void> forEachPage(Consumer<? super P> consumer);

    /** Reads all pages and passes each item to the consumer. */
    default CompletableFuture<Void> forEach(Consumer<? super T> consumer) {
        return forEachPage(page -> page.items().forEach(consumer));
    }

    /** Reads all pages and returns all their items. The list is not modifiable. */
    CompletableFuture<List<T>> toList();
}
