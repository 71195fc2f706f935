package io.multicloudboutique.client.internal.http;

import feign.FeignException;
import feign.TypedResponse;
import io.multicloudboutique.client.Health;
import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.RequestOptions;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.internal.shared.HealthApi;
import io.multicloudboutique.client.internal.shared.HealthDto;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The base class of the clients of all services. It calls the generated interfaces and maps their results to the public
 * types. Thread-safe.
 */
public abstract class Calls implements ServiceClient {

    private static final Pattern KEY = Pattern.compile("[!#-~]{1,255}");

    private final HealthApi health;

    protected Calls(Connection connection) {
        health = connection.api(HealthApi.class);
    }

    @Override
    public final Health getHealth() {
        return health(() -> health.getHealth(blocking()));
    }

    @Override
    public final Health getLiveness() {
        return health(() -> health.getLiveness(blocking()));
    }

    @Override
    public final Health getReadiness() {
        return health(() -> health.getReadiness(blocking()));
    }

    private static Health health(Supplier<CompletableFuture<TypedResponse<HealthDto>>> call) {
        try {
            return answer(call, Calls::health);
        } catch (ProblemDecoder.Unhealthy e) {
            return health(e.health());
        }
    }

    private static Health health(HealthDto wire) {
        return new Health(
                Wire.required(wire.getStatus(), "status") == HealthDto.StatusEnum.HEALTHY,
                Wire.required(wire.getService(), "service"),
                Wire.required(wire.getTimestamp(), "timestamp"));
    }

    /** Returns the options of a call that waits and has no options of its own. */
    protected static CallOptions blocking() {
        return CallOptions.blocking(RequestOptions.none());
    }

    /** Sends the call and maps the body of its response. */
    protected static <W, T> T answer(Supplier<CompletableFuture<TypedResponse<W>>> call, Function<W, T> mapping) {
        return read(send(call), mapping);
    }

    /**
     * Sends the call and maps the item in the response. The mapping also gets the ETag of the item, or null if the
     * response has none.
     */
    protected static <W, T> T item(
            Supplier<CompletableFuture<TypedResponse<W>>> call, BiFunction<W, @Nullable String, T> mapping) {
        var response = send(call);
        return read(response, wire -> mapping.apply(wire, header(response, "ETag")));
    }

    /** Like {@link #item}, but returns empty if the item still has the version in the request. */
    protected static <W, T> Optional<T> itemIfChanged(
            Supplier<CompletableFuture<TypedResponse<W>>> call, BiFunction<W, @Nullable String, T> mapping) {
        try {
            return Optional.of(item(call, mapping));
        } catch (ProblemDecoder.NotModified e) {
            return Optional.empty();
        }
    }

    /** Returns a list whose pages contain nothing but their items. */
    protected static <W, T> Pages<T, Page<T>> list(
            Function<@Nullable String, CompletableFuture<TypedResponse<List<W>>>> call,
            BiFunction<W, @Nullable String, T> mapping) {
        return pages(call, wires -> {
            var items = Wire.each(wires, "items", wire -> mapping.apply(wire, null));
            return () -> items;
        });
    }

    /**
     * Returns a list as pages, each of which is requested only when it is read.
     *
     * @param call requests the page that the given cursor points to, or the first page if the cursor is null
     */
    protected static <W, T, P extends Page<T>> Pages<T, P> pages(
            Function<@Nullable String, CompletableFuture<TypedResponse<W>>> call, Function<W, P> mapping) {
        return new LazyPages<>(cursor -> {
            var response = send(() -> call.apply(cursor));
            var page = read(response, mapping);
            var next = header(response, "Next-Cursor");
            if (next != null && next.equals(cursor)) {
                throw unreadable(response, "Next-Cursor leads to the same page");
            }
            return new LazyPages.Read<>(page, Optional.ofNullable(next));
        });
    }

    private static @Nullable String header(TypedResponse<?> response, String name) {
        return response.headers().getOrDefault(name, List.of()).stream()
                .findFirst()
                .orElse(null);
    }

    private static <W> TypedResponse<W> send(Supplier<CompletableFuture<TypedResponse<W>>> call) {
        try {
            // The future of a blocking call is complete.
            return call.get().join();
        } catch (CompletionException e) {
            throw thrown(e.getCause());
        }
    }

    private static RuntimeException thrown(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        // Feign wraps exceptions from a decoder.
        if (failure instanceof FeignException && failure.getCause() instanceof BoutiqueException cause) {
            return cause;
        }
        return (RuntimeException) failure;
    }

    private static <W, T> T read(TypedResponse<W> response, Function<W, T> mapping) {
        try {
            return mapping.apply(response.body());
        } catch (Wire.MissingField e) {
            throw unreadable(response, e.getMessage());
        }
    }

    private static RuntimeException unreadable(TypedResponse<?> response, String why) {
        return Failures.unreadable(
                response.request(), response.status(), response.headers(), Integer.parseInt(response.reason()), why);
    }

    /**
     * Checks an id that becomes a path segment. An empty id, {@code .} or {@code ..} would lead to another operation.
     */
    protected static String segment(String id) {
        if (id.isEmpty() || id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("'" + id + "' is not a valid id.");
        }
        return id;
    }

    /** Checks an idempotency key from the caller. */
    protected static String key(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "An idempotency key must have 1 to 255 visible ASCII characters without \", but is '" + key + "'.");
        }
        return key;
    }

    /**
     * Checks an ETag from the caller. Feign omits headers without a value, so an empty ETag would remove the condition.
     */
    protected static String etag(String etag) {
        if (etag.isBlank()) {
            throw new IllegalArgumentException(
                    "An ETag must not be blank. Items in lists have none, so read the item first.");
        }
        return etag;
    }
}
