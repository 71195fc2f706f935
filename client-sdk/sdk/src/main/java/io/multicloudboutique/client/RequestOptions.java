package io.multicloudboutique.client;

import io.multicloudboutique.client.internal.http.Headers;
import io.multicloudboutique.client.internal.http.Timeouts;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of one call. They take precedence over the options of the client. Immutable.
 *
 * <pre>{@code
 * var options = RequestOptions.none().withTimeout(Duration.ofSeconds(5)).withIdempotencyKey("cart-4711");
 * }</pre>
 */
public final class RequestOptions {

    private static final Pattern KEY = Pattern.compile("[!#-~]{1,255}");
    private static final RequestOptions NONE = new RequestOptions(null, null, null, Map.of());

    private final @Nullable Duration timeout;
    private final @Nullable String idempotencyKey;
    private final @Nullable String ifMatch;
    private final Map<String, String> headers;

    private RequestOptions(
            @Nullable Duration timeout,
            @Nullable String idempotencyKey,
            @Nullable String ifMatch,
            Map<String, String> headers) {
        this.timeout = timeout;
        this.idempotencyKey = idempotencyKey;
        this.ifMatch = ifMatch;
        this.headers = headers;
    }

    /** Returns options that set nothing. */
    public static RequestOptions none() {
        return NONE;
    }

    /**
     * Returns a copy with this time limit for the call, including all its attempts and the pauses between them. It
     * replaces {@link BoutiqueClientBuilder#timeout(Duration)}.
     *
     * @throws IllegalArgumentException if the timeout is not 1 millisecond to 24 hours
     */
    public RequestOptions withTimeout(Duration timeout) {
        return new RequestOptions(Timeouts.checked("timeout", timeout), idempotencyKey, ifMatch, headers);
    }

    /**
     * Returns a copy with this idempotency key. Only an operation that is a POST accepts a key; any other operation
     * throws an {@link IllegalArgumentException}. A POST without a key of yours gets a random one.
     *
     * @throws IllegalArgumentException if the key does not consist of 1 to 255 visible ASCII characters, or if it
     *     contains a quotation mark
     */
    public RequestOptions withIdempotencyKey(String key) {
        if (!KEY.matcher(Objects.requireNonNull(key, "key")).matches()) {
            throw new IllegalArgumentException(
                    "An idempotency key must have 1 to 255 visible ASCII characters without \", but is '" + key + "'.");
        }
        return new RequestOptions(timeout, key, ifMatch, headers);
    }

    /**
     * Returns a copy that lets the call fail with a {@code PreconditionFailedException} if the item no longer has this
     * ETag. Only an operation that is a PUT or a DELETE accepts an ETag; any other operation throws an
     * {@link IllegalArgumentException}.
     *
     * @param etag an ETag as it was received, including its quotation marks
     * @throws IllegalArgumentException if the ETag is blank, or if HTTP does not allow it in a header
     */
    public RequestOptions withIfMatch(String etag) {
        if (Objects.requireNonNull(etag, "etag").isBlank()) {
            throw new IllegalArgumentException("An ETag must not be blank.");
        }
        return new RequestOptions(timeout, idempotencyKey, Headers.value("If-Match", etag), headers);
    }

    /**
     * Returns a copy with this header. It replaces a header with the same name, also one from
     * {@link BoutiqueClientBuilder#putHeader(String, String)}.
     *
     * @throws IllegalArgumentException if the SDK sets this header itself, or if HTTP does not allow its name or value
     */
    public RequestOptions withHeader(String name, String value) {
        var more = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(Headers.name(name), Headers.value(name, value));
        return new RequestOptions(timeout, idempotencyKey, ifMatch, Collections.unmodifiableMap(more));
    }

    /** The time limit for the call; empty if the client's limit applies. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** The idempotency key; empty if these options set none. */
    public Optional<String> idempotencyKey() {
        return Optional.ofNullable(idempotencyKey);
    }

    /** The ETag that the item must have; empty if these options set none. */
    public Optional<String> ifMatch() {
        return Optional.ofNullable(ifMatch);
    }

    /** The additional headers. */
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestOptions that
                && Objects.equals(timeout, that.timeout)
                && Objects.equals(idempotencyKey, that.idempotencyKey)
                && Objects.equals(ifMatch, that.ifMatch)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(timeout, idempotencyKey, ifMatch, headers);
    }

    /** Omits the values of the headers, because they may be credentials. */
    @Override
    public String toString() {
        return "RequestOptions[timeout=" + timeout + ", idempotencyKey=" + idempotencyKey + ", ifMatch=" + ifMatch
                + ", headers=" + headers.keySet() + "]";
    }
}
