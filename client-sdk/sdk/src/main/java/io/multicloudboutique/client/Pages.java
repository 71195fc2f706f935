package io.multicloudboutique.client;

import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A list that is read page by page, as far as it is looked at. Nothing is asked for before the first item is, and a page
 * not before the one ahead of it is used up. Each iterator and each stream starts anew at the first page. Immutable and
 * thread-safe; its iterators are neither.
 *
 * <p>The services page by position, not by count: what is added or removed meanwhile neither repeats nor hides an item.
 *
 * @param <T> what is listed
 * @param <P> the pages that it comes in
 */
public interface Pages<T, P extends Page<T>> extends Iterable<T> {

    /** The pages, each with all that it answered. Asks for the next one when it is taken. */
    Iterable<P> pages();

    /** The first page. Asks for it each time. */
    default P first() {
        return pages().iterator().next();
    }

    /** All items of all pages. */
    @Override
    default Iterator<T> iterator() {
        return stream().iterator();
    }

    /** All items of all pages. {@code limit} and {@code findFirst} ask for no more pages than they need. */
    default Stream<T> stream() {
        return StreamSupport.stream(pages().spliterator(), false).flatMap(page -> page.items().stream());
    }
}
