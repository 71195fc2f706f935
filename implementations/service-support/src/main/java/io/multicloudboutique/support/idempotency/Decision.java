package io.multicloudboutique.support.idempotency;

import io.multicloudboutique.support.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The decision about one request of a batch. */
public sealed interface Decision {

    /** The request takes effect, and gets this response when the batch is committed. */
    record Accepted(ResponseEntity<?> response) implements Decision {}

    /** The request has no effect, and fails with this exception, which is a problem if the client sees it. */
    record Refused(RuntimeException reason) implements Decision {

        @Override
        public ResponseEntity<?> response() {
            throw reason;
        }
    }

    /** Returns the response. Throws the reason if the request is refused, usually a {@link ProblemException}. */
    ResponseEntity<?> response();

    /** Returns the decision of this function, which refuses the request by throwing a problem. */
    static Decision of(Supplier<? extends ResponseEntity<?>> decide) {
        try {
            return new Accepted(decide.get());
        } catch (ProblemException refusal) {
            return new Refused(refusal);
        }
    }

    /** Returns a decision for each item: all of them are accepted, with these responses. */
    static <T> List<Decision> acceptAll(List<T> items, Function<T, ResponseEntity<?>> response) {
        return items.stream()
                .<Decision>map(item -> new Accepted(response.apply(item)))
                .toList();
    }

    /**
     * Returns a decision for each draft of an item.
     *
     * @param items an element for each draft; empty if the item was not added
     * @param decide returns the response to a draft and its item, or throws a problem; the item is null if it was not
     *     added
     */
    static <D, T> List<Decision> ofEach(
            List<D> drafts, List<Optional<T>> items, BiFunction<D, @Nullable T, ResponseEntity<?>> decide) {
        return IntStream.range(0, drafts.size())
                .mapToObj(i -> of(() -> decide.apply(drafts.get(i), items.get(i).orElse(null))))
                .toList();
    }
}
