package io.multicloudboutique.client;

import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list that is read page by page. The SDK requests the first page when you read the first item, and every further
 * page when you have read all items of the previous page. If a request fails, reading throws an exception. Each
 * iterator and each stream starts again at the first page. Immutable and thread-safe, but iterators and streams are
 * not.
 *
 * <p>The services page by position, not by count: if items are added or removed while you read, no other item is
 * repeated or skipped.
 *
 * @param <T> the type of the items
 * @param <P> the type of the pages
 */
public interface Pages<T, P extends Page<T>> extends Iterable<T> {

    /** The pages of this list. An iterator requests each page when you read the page. */
    Iterable<P> pages();

    /** Requests the first page, on every call. */
    default P first() {
        return pages().iterator().next();
    }

    /** Returns an iterator over all items of all pages. */
    @Override
    default Iterator<T> iterator() {
        return stream().iterator();
    }

    /**
     * Returns a stream of all items of all pages. {@code limit} and {@code findFirst} request no more pages than they
     * need.
     */
    default Stream<T> stream() {
        return StreamSupport.stream(pages().spliterator(), false).flatMap(page -> page.items().stream());
    }
}
