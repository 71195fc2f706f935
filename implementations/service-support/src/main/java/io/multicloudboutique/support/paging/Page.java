package io.multicloudboutique.support.paging;

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
                var query = Stream.concat(
                                otherParameters(exchange.getRequest().getURI()), Stream.of("cursor=" + next.encoded()))
                        .collect(Collectors.joining("&"));
                response.header(HttpHeaders.LINK, "<?" + query + ">; rel=\"next\"");
            }
            return Mono.just(response.body(body));
        });
    }

    /** As they were sent: what they mean is not for us to say, and some of them no library would write. */
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
