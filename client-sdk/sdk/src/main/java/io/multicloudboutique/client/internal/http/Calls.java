package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.AsyncPages;
import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.RawResponse;
import io.multicloudboutique.client.RequestOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Runs the calls of the generated clients. */
public final class Calls {

    private Calls() {}

    /** Sends the request on the thread of the caller and waits for the response. */
    public static <T> RawResponse<T> run(
            RequestOptions options, Function<CallOptions, CompletableFuture<RawResponse<T>>> call) {
        try {
            // The future of a blocking call is complete.
            return call.apply(CallOptions.blocking(given("options", options))).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Like {@link #run}, but the body parses to empty if the item has not changed. */
    public static <T> RawResponse<Optional<T>> runIfChanged(
            RequestOptions options, Function<CallOptions, CompletableFuture<RawResponse<T>>> call) {
        return ReceivedResponse.ifChanged(run(options, call));
    }

    /** Starts the call. Cancelling the future ends it. */
    public static <T> CompletableFuture<T> start(
            RequestOptions options, Function<CallOptions, CompletableFuture<RawResponse<T>>> call) {
        return start(options, call, RawResponse::parse);
    }

    /** Like {@link #start}, but the result is empty if the item has not changed. */
    public static <T> CompletableFuture<Optional<T>> startIfChanged(
            RequestOptions options, Function<CallOptions, CompletableFuture<RawResponse<T>>> call) {
        return start(
                options, call, response -> ReceivedResponse.ifChanged(response).parse());
    }

    private static <T, R> CompletableFuture<R> start(
            RequestOptions options,
            Function<CallOptions, CompletableFuture<RawResponse<T>>> call,
            Function<RawResponse<T>, R> parse) {
        var running = CallOptions.asynchronous(given("options", options));
        return new CallFuture<>(call.apply(running), parse, running::cancel);
    }

    /**
     * Returns a list that requests each page when a caller reads it.
     *
     * @param page returns the query for the page that starts at a cursor
     */
    public static <Q, T, P extends Page<T>> Pages<T, P> pages(
            RequestOptions options,
            Q query,
            BiFunction<Q, String, Q> page,
            BiFunction<Q, RequestOptions, RawResponse<P>> call) {
        given("options", options);
        given("query", query);
        return new LazyPages<>(
                cursor -> PageRead.of(call.apply(cursor == null ? query : page.apply(query, cursor), options)));
    }

    /** Returns a list that requests each page when the previous one has been read. */
    public static <Q, T, P extends Page<T>> AsyncPages<T, P> asyncPages(
            RequestOptions options,
            Q query,
            BiFunction<Q, String, Q> page,
            BiFunction<Q, CallOptions, CompletableFuture<RawResponse<P>>> call) {
        given("options", options);
        given("query", query);
        return new LazyAsyncPages<>(cursor -> {
            var pageQuery = cursor == null ? query : page.apply(query, cursor);
            return start(options, running -> call.apply(pageQuery, running), PageRead::of);
        });
    }

    /**
     * Checks an id that becomes a path segment. An empty id, {@code .} or {@code ..} would lead to another operation.
     */
    public static <I> I id(String name, I id) {
        var text = given(name, id).toString();
        if (text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException("'" + text + "' is not a valid " + name + ".");
        }
        return id;
    }

    /** Checks that there is an argument. */
    public static <A> A given(String name, A argument) {
        return Objects.requireNonNull(argument, name);
    }

    /**
     * Checks an ETag from the caller. Feign omits headers without a value, so an empty ETag would remove the condition.
     */
    public static String etag(String etag) {
        if (given("knownEtag", etag).isBlank()) {
            throw new IllegalArgumentException(
                    "An ETag must not be blank. Items in lists have none, so read the item first.");
        }
        return Headers.value("If-None-Match", etag);
    }
}
