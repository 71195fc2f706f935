package io.multicloudboutique.client.internal.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the next page of a list. It uses only the cursor of the link: the next request goes to the same service with
 * the same filters and credentials, wherever the link points.
 */
final class NextPage {

    private static final Pattern NEXT = Pattern.compile("<([^>]*)>[^,<]*;\\s*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);
    private static final Pattern CURSOR = Pattern.compile("[?&]cursor=([^&#]*)");

    private NextPage() {}

    /** Returns the cursor of the next page; empty on the last page. */
    static Optional<String> cursor(Collection<String> links) {
        for (var header : links) {
            var next = NEXT.matcher(header);
            if (next.find()) {
                var cursor = CURSOR.matcher(next.group(1));
                return cursor.find()
                        ? Optional.of(URLDecoder.decode(cursor.group(1), StandardCharsets.UTF_8))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
