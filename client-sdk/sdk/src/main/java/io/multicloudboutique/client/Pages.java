package io.multicloudboutique.client;

import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list that is read page by page. The SDK requests the first page when you read the first item, and every further
 * page when you have read all items of the previous page. If a request fails, reading throws an exception. Each
 * iterator and each stream starts again at the first page. This object is immutable and thread-safe; its iterators and
 * streams are not thread-safe.
 *
 * <p>Each page starts after the last item of the previous page, not at an item count. If items are added or removed
 * while you read, no other item is repeated or skipped.
 *
 * @param <T> the type of the items
 * @param <P> the type of the pages
 */
public interface Pages<T, P extends Page<T>> extends Iterable<T> {

    /** The pages of this list. An iterator requests each page when you read the page. */
    Iterable<P> pages();

    /** Returns the first page. Each call of this method requests the page again. */
    default P first() {
        return pages().iterator().next();
    }

    /** Returns an iterator over all items of all pages. */
    @Override
    default Iterator<T> iterator() {
        return stream().iterator();
    }

    /**
     * Returns a stream of all items of all pages. Operations that stop early, such as {@code limit} and
     * {@code findFirst}, request no more pages than they need.
     */
    default Stream<T> stream() {
        return StreamSupport.stream(pages().spliterator(), false).flatMap(page -> page.items().stream());
    }
}
