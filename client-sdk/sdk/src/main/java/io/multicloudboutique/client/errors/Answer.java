package io.multicloudboutique.client.errors;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the last attempt of a failed call was answered.
 *
 * @param status the HTTP status
 * @param headers the headers by their names, which are found in any case
 * @param problem what the service says; empty if something in between answered instead
 */
public record Answer(int status, Map<String, List<String>> headers, Optional<Problem> problem) {

    /** Without the headers, which may hold what is secret or personal: cookies, links with filters. */
    @Override
    public String toString() {
        return "Answer[status=%d, problem=%s]".formatted(status, problem);
    }
}
