package io.multicloudboutique.client.errors;

import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response to the last attempt of a failed call. Immutable.
 *
 * @param status the HTTP status
 * @param headers the headers; names are not case-sensitive in look-ups
 * @param body the first 8 KiB of the body as text; empty if the response has no body or a compressed one
 * @param problem the problem details from the service; empty if the response has none, for example because a proxy sent
 *     it
 */
public record Answer(int status, Map<String, List<String>> headers, String body, Optional<Problem> problem)
        implements Serializable {

    /**
     * Omits the headers and the body, which may contain secrets and personal data, such as cookies and links with
     * filters.
     */
    @Override
    public String toString() {
        return "Answer[status=%d, problem=%s]".formatted(status, problem);
    }

    @Serial
    private Object writeReplace() {
        return new Serialized(status, headers, body, problem.orElse(null));
    }

    /** The serialised form, because an {@link Optional} cannot be serialised. */
    private record Serialized(
            int status,
            Map<String, List<String>> headers,
            String body,
            @Nullable Problem problem) implements Serializable {

        @Serial
        private Object readResolve() {
            return new Answer(status, headers, body, Optional.ofNullable(problem));
        }
    }
}
