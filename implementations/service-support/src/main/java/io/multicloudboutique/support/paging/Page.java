package io.multicloudboutique.support.paging;

import io.multicloudboutique.support.database.Transactions;
import io.multicloudboutique.support.http.CurrentExchange;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A page of a list. Immutable.
 *
 * @param items the items on the page
 * @param next the start of the next page; null on the last page
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

    public static final String NEXT_CURSOR = "Next-Cursor";

    /**
     * Creates a page from up to {@link PageRequest#rows} rows. If there is one row more than the page's limit, the page
     * does not contain that row; it only shows that there is a next page.
     *
     * @param cursorOf returns the position after an item
     */
    public static <T> Mono<Page<T>> of(Flux<T> rows, PageRequest request, Function<T, Cursor> cursorOf) {
        return Transactions.finish(rows.collectList()).map(all -> of(all, request, cursorOf));
    }

    static <T> Page<T> of(List<T> rows, PageRequest request, Function<T, Cursor> cursorOf) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, request.limit());
        return new Page<>(items, cursorOf.apply(items.get(items.size() - 1)));
    }

    /**
     * Returns the value of the query parameter {@code cursor} for the next page; null on the last page.
     */
    public @Nullable String nextCursor() {
        return next == null ? null : next.encoded();
    }

    /**
     * Returns a 200 response with this body and, unless this is the last page, with the headers {@code Link} and
     * {@code Next-Cursor}, which lead to the next page.
     */
    public <B> Mono<ResponseEntity<B>> answer(B body) {
        return CurrentExchange.with(exchange -> {
            var response = ResponseEntity.ok();
            var cursor = nextCursor();
            if (cursor != null) {
                var query = Stream.concat(
                                otherParameters(exchange.getRequest().getURI()), Stream.of("cursor=" + cursor))
                        .collect(Collectors.joining("&"));
                response.header(HttpHeaders.LINK, "<?" + query + ">; rel=\"next\"");
                response.header(NEXT_CURSOR, cursor);
            }
            return Mono.just(response.body(body));
        });
    }

    /**
     * Returns all query parameters except the cursor, exactly as the client sent them. Decoding and encoding them again
     * could change unusual parameters.
     */
    private static Stream<String> otherParameters(URI uri) {
        var query = URI.create(uri.toASCIIString()).getRawQuery();
        return query == null
                ? Stream.empty()
                : Stream.of(query.split("&"))
                        .filter(parameter -> !parameter.isEmpty())
                        .filter(parameter -> !URLDecoder.decode(parameter, StandardCharsets.UTF_8)
                                .startsWith("cursor="));
    }
}
