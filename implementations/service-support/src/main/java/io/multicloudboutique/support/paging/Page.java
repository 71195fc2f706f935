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
        return new Page<>(items, cursorOf.apply(items.get(items.size() - 1)).in(request.list()));
    }

    /**
     * Returns a 200 response with this body and, unless this is the last page, a {@code Link} header to the next page.
     */
    public <B> Mono<ResponseEntity<B>> answer(B body) {
        return CurrentExchange.with(exchange -> {
            var response = ResponseEntity.ok();
            if (next != null) {
                var query = Stream.concat(
                                otherParameters(exchange.getRequest().getURI()), Stream.of("cursor=" + next.encoded()))
                        .collect(Collectors.joining("&"));
                response.header(HttpHeaders.LINK, "<?" + query + ">; rel=\"next\"");
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
