package io.multicloudboutique.client.internal.http;

import io.multicloudboutique.client.RawResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page and its response, which contains the cursor of the next page. */
record PageRead<P>(P page, RawResponse<P> response) {

    static <P> PageRead<P> of(RawResponse<P> response) {
        return new PageRead<>(response.parse(), response);
    }

    /**
     * Returns the cursor of the next page; empty after the last page.
     *
     * @param cursor the cursor of this page, null for the first page
     */
    Optional<String> next(@Nullable String cursor) {
        var next = response.header("Next-Cursor");
        if (next.isPresent() && next.get().equals(cursor)) {
            throw ((ReceivedResponse<P>) response).unreadable("Next-Cursor leads to the same page");
        }
        return next;
    }
}
