package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.AsyncPages;
import io.multicloudboutique.client.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A list that requests each page when the previous one has been read. */
final class LazyAsyncPages<T, P extends Page<T>> implements AsyncPages<T, P> {

    private final Function<@Nullable String, CompletableFuture<PageRead<P>>> reader;

    /** @param reader requests the page that a cursor points to, or the first page if the cursor is null */
    LazyAsyncPages(Function<@Nullable String, CompletableFuture<PageRead<P>>> reader) {
        this.reader = reader;
    }

    @Override
    public CompletableFuture<P> first() {
        var first = reader.apply(null);
        return new CallFuture<>(first, PageRead::page, () -> first.cancel(true));
    }

    @Override
    public CompletableFuture<Void> forEachPage(Consumer<? super P> consumer) {
        return read(Objects.requireNonNull(consumer, "consumer"), () -> null);
    }

    @Override
    public CompletableFuture<List<T>> toList() {
        var items = new ArrayList<T>();
        return read(page -> items.addAll(page.items()), () -> Collections.unmodifiableList(items));
    }

    private <R> CompletableFuture<R> read(Consumer<? super P> consumer, Supplier<R> result) {
        var reading = new Reading<R>(consumer, result);
        reading.request(null);
        return reading;
    }

    /** Reads one page after the other. */
    private final class Reading<R> extends CompletableFuture<R> {

        private final Consumer<? super P> consumer;
        private final Supplier<R> result;
        private volatile @Nullable CompletableFuture<PageRead<P>> request;

        Reading(Consumer<? super P> consumer, Supplier<R> result) {
            this.consumer = consumer;
            this.result = result;
        }

        void request(@Nullable String cursor) {
            var page = reader.apply(cursor);
            request = page;
            if (isCancelled()) {
                page.cancel(true);
            }
            page.whenComplete((read, failure) -> {
                if (failure != null) {
                    completeExceptionally(failure);
                } else {
                    try {
                        accept(read, cursor);
                    } catch (Throwable e) {
                        completeExceptionally(e);
                    }
                }
            });
        }

        private void accept(PageRead<P> read, @Nullable String cursor) {
            if (isDone()) {
                return;
            }
            consumer.accept(read.page());
            var next = read.next(cursor);
            if (next.isEmpty()) {
                complete(result.get());
            } else if (!isDone()) {
                request(next.get());
            }
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            var cancelled = super.cancel(mayInterruptIfRunning);
            var running = request;
            if (running != null) {
                running.cancel(mayInterruptIfRunning);
            }
            return cancelled;
        }
    }
}
