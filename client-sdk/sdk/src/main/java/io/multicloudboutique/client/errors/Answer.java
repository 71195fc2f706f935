package io.multicloudboutique.client.errors;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The response to the last attempt of a failed call. Immutable.
 *
 * @param status the HTTP status
 * @param headers the headers; names are not case-sensitive in look-ups
 * @param problem the problem details from the service; empty if the response has none, for example because a proxy sent
 *     it
 */
public record Answer(int status, Map<String, List<String>> headers, Optional<Problem> problem) {

    /** Omits the headers, which may contain secrets and personal data, such as cookies and links with filters. */
    @Override
    public String toString() {
        return "Answer[status=%d, problem=%s]".formatted(status, problem);
    }
}
