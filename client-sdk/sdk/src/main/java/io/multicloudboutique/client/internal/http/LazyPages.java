package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list that requests each page when a caller reads it. */
final class LazyPages<T, P extends Page<T>> implements Pages<T, P> {

    private final Function<@Nullable String, PageRead<P>> reader;

    /** @param reader requests the page that a cursor points to, or the first page if the cursor is null */
    LazyPages(Function<@Nullable String, PageRead<P>> reader) {
        this.reader = reader;
    }

    @Override
    public Iterable<P> pages() {
        return () -> new Iterator<>() {

            private @Nullable String cursor;
            private boolean more = true;

            @Override
            public boolean hasNext() {
                return more;
            }

            @Override
            public P next() {
                if (!more) {
                    throw new NoSuchElementException();
                }
                var read = reader.apply(cursor);
                cursor = read.next(cursor).orElse(null);
                more = cursor != null;
                return read.page();
            }
        };
    }
}
