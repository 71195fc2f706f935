package io.multicloudboutique.client.internal.http;

import feign.FeignException;
import feign.TypedResponse;
import io.multicloudboutique.client.Health;
import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.Pages;
import io.multicloudboutique.client.ServiceClient;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.internal.shared.HealthApi;
import io.multicloudboutique.client.internal.shared.HealthDto;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the façades of all services have in common: from a generated call to what users see. Thread-safe. */
public abstract class Calls implements ServiceClient {

    private static final Pattern KEY = Pattern.compile("[!#-~]{1,255}");

    private final HealthApi health;

    protected Calls(Connection connection) {
        health = connection.api(HealthApi.class);
    }

    @Override
    public final Health getHealth() {
        return health(health::getHealth);
    }

    @Override
    public final Health getLiveness() {
        return health(health::getLiveness);
    }

    @Override
    public final Health getReadiness() {
        return health(health::getReadiness);
    }

    private static Health health(Supplier<TypedResponse<HealthDto>> call) {
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

    /** What is answered. */
    protected static <W, T> T answer(Supplier<TypedResponse<W>> call, Function<W, T> mapping) {
        return read(send(call), mapping);
    }

    /** One item, with its version. */
    protected static <W, T> T item(Supplier<TypedResponse<W>> call, BiFunction<W, @Nullable String, T> mapping) {
        var response = send(call);
        var etag = response.headers().getOrDefault("ETag", List.of()).stream()
                .findFirst()
                .orElse(null);
        return read(response, wire -> mapping.apply(wire, etag));
    }

    /** One item, unless it still has the version that the call names. */
    protected static <W, T> Optional<T> itemIfChanged(
            Supplier<TypedResponse<W>> call, BiFunction<W, @Nullable String, T> mapping) {
        try {
            return Optional.of(item(call, mapping));
        } catch (ProblemDecoder.NotModified e) {
            return Optional.empty();
        }
    }

    /** A list whose pages are no more than their items. */
    protected static <W, T> Pages<T, Page<T>> list(
            Function<@Nullable String, TypedResponse<List<W>>> call, BiFunction<W, @Nullable String, T> mapping) {
        return pages(call, wires -> {
            var items = Wire.each(wires, "items", wire -> mapping.apply(wire, null));
            return () -> items;
        });
    }

    /**
     * A list.
     *
     * @param call asks for the page at a cursor, the first one if it is null
     */
    protected static <W, T, P extends Page<T>> Pages<T, P> pages(
            Function<@Nullable String, TypedResponse<W>> call, Function<W, P> mapping) {
        return new LazyPages<>(cursor -> {
            var response = send(() -> call.apply(cursor));
            var page = read(response, mapping);
            var next = NextPage.cursor(response.headers().getOrDefault("Link", List.of()));
            if (next.isPresent() && next.get().equals(cursor)) {
                throw unreadable(response, "its next page is itself");
            }
            return new LazyPages.Read<>(page, next);
        });
    }

    private static <W> TypedResponse<W> send(Supplier<TypedResponse<W>> call) {
        try {
            return call.get();
        } catch (FeignException e) {
            // What a decoder throws comes wrapped.
            throw e.getCause() instanceof BoutiqueException failure ? failure : e;
        }
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

    /** What is in a path has to be a whole segment of it, or another operation would be called. */
    protected static String segment(String id) {
        if (id.isEmpty() || id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("'" + id + "' cannot be an id.");
        }
        return id;
    }

    /** A caller's idempotency key. */
    protected static String key(String key) {
        if (!KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "An idempotency key has 1 to 255 visible ASCII characters without \", which '" + key
                            + "' has not.");
        }
        return key;
    }

    /** A caller's ETag: a header without a value would be left out, and the condition with it. */
    protected static String etag(String etag) {
        if (etag.isBlank()) {
            throw new IllegalArgumentException("An ETag is not empty. Take it from an item that was read on its own.");
        }
        return etag;
    }
}
