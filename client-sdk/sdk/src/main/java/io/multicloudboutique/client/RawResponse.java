package io.multicloudboutique.client;

import io.multicloudboutique.client.errors.BoutiqueException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A response with its status, its headers and its body as they arrived. The methods of the {@code withRawResponse()}
 * views return it. Only the SDK implements this interface. Immutable and thread-safe.
 *
 * @param <T> the type of the parsed body
 */
public interface RawResponse<T> {

    /** The HTTP status. */
    int statusCode();

    /** The headers. Names are not case-sensitive in look-ups. Not modifiable. */
    Map<String, List<String>> headers();

    /** Returns the first value of a header; empty if the response does not have the header. */
    default Optional<String> header(String name) {
        return headers().getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The body as text; {@code ""} if the response has none. */
    String body();

    /**
     * Parses the body. Each call of this method parses it again.
     *
     * @throws BoutiqueException if the body does not match the contract
     */
    T parse();
}
