package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A list that requests each page when a caller reads it. */
final class LazyPages<T, P extends Page<T>> implements Pages<T, P> {

    /** A page and the cursor of the next page; the cursor is empty after the last page. */
    record Read<P>(P page, Optional<String> next) {}

    private final Function<@Nullable String, Read<P>> reader;

    LazyPages(Function<@Nullable String, Read<P>> reader) {
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
                cursor = read.next().orElse(null);
                more = read.next().isPresent();
                return read.page();
            }
        };
    }
}
