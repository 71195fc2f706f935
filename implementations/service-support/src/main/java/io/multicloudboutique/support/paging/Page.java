package io.multicloudboutique.support.paging;

import io.multicloudboutique.support.http.CurrentExchange;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A page of a list. Immutable.
 *
 * @param items what is on it
 * @param next where the next page starts; null on the last one
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

    /** Makes a page out of {@link PageRequest#rows} rows, of which the last only shows that there is more. */
    public static <T> Mono<Page<T>> of(Flux<T> rows, PageRequest request, Function<T, Cursor> cursorOf) {
        return rows.collectList().map(all -> {
            if (all.size() <= request.limit()) {
                return new Page<>(all, null);
            }
            var items = all.subList(0, request.limit());
            return new Page<>(items, cursorOf.apply(items.get(items.size() - 1)));
        });
    }

    /** Answers the current request with this body and, in {@code Link}, the way to the next page. */
    public <B> Mono<ResponseEntity<B>> answer(B body) {
        return CurrentExchange.with(exchange -> {
            var response = ResponseEntity.ok();
            if (next != null) {
                var query = UriComponentsBuilder.fromUriString(
                                exchange.getRequest().getURI().toASCIIString())
                        .replaceQueryParam("cursor", next.encoded())
                        .build(true)
                        .getQuery();
                response.header(HttpHeaders.LINK, "<" + URI.create("?" + query) + ">; rel=\"next\"");
            }
            return Mono.just(response.body(body));
        });
    }
}
