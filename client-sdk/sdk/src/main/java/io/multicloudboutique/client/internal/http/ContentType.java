package io.multicloudboutique.client.internal.http;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header {@code Content-Type} of a response.
 *
 * @param value the complete header; empty if the response has none
 */
record ContentType(String value) {

    /** @param headers the headers, whose names are not case-sensitive */
    static ContentType of(Map<String, Collection<String>> headers) {
        return new ContentType(headers.getOrDefault("Content-Type", List.of()).stream()
                .findFirst()
                .orElse(""));
    }

    boolean isJsonInUtf8() {
        return is("application/json")
                && charset().filter(StandardCharsets.UTF_8::equals).isPresent();
    }

    boolean isHtml() {
        return is("text/html");
    }

    private boolean is(String mediaType) {
        return value.split(";", 2)[0].strip().equalsIgnoreCase(mediaType);
    }

    /** The charset, which is UTF-8 by default; empty if this JDK does not know it. */
    Optional<Charset> charset() {
        for (var parameter : value.split(";")) {
            var parts = parameter.split("=", 2);
            if (parts.length == 2 && parts[0].strip().equalsIgnoreCase("charset")) {
                var name = parts[1].strip().replaceFirst("^\"(.*)\"$", "$1");
                return name.isEmpty() ? Optional.of(StandardCharsets.UTF_8) : known(name);
            }
        }
        return Optional.of(StandardCharsets.UTF_8);
    }

    private static Optional<Charset> known(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
