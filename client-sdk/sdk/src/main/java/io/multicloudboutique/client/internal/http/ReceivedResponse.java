package io.multicloudboutique.client.internal.http;

import static java.util.stream.Collectors.joining;

import feign.Response;
import feign.Types;
import io.multicloudboutique.client.Page;
import io.multicloudboutique.client.RawResponse;
import io.multicloudboutique.client.errors.ServerException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.InjectableValues;
import tools.jackson.databind.JavaType;

/**
 * A response that is not an error. It rejects a body that does not match the contract only when it parses the body, so
 * a caller can read the login page of a proxy. Immutable.
 *
 * @param type the type of the body in the contract; a list without a summary is a {@link Page} of its items
 */
record ReceivedResponse<T>(Response response, Type type) implements RawResponse<T> {

    @Override
    public int statusCode() {
        return response.status();
    }

    @Override
    public Map<String, List<String>> headers() {
        return Failures.caseless(response.headers());
    }

    @Override
    public String body() {
        return new String(
                content(), ContentType.of(response.headers()).charset().orElse(StandardCharsets.UTF_8));
    }

    private byte[] content() {
        return Answered.of(response).content();
    }

    @Override
    @SuppressWarnings("unchecked")
    public T parse() {
        if (isNotModified()) {
            throw new IllegalStateException("The item has not changed, so the response has no body.");
        }
        check();
        var raw = Types.getRawType(type);
        try {
            if (raw == Page.class || raw == List.class) {
                var items = List.copyOf(this.<List<Object>>read(listType()));
                return (T) (raw == Page.class ? new Items<>(items) : items);
            }
            return read(bodyType());
        } catch (JacksonException e) {
            throw unreadable("the body does not match the contract" + location(e) + ": " + e.getOriginalMessage());
        }
    }

    /** Rejects a body that does not come from a service. */
    private void check() {
        var contentType = ContentType.of(response.headers());
        var compression = BodyText.compression(response.headers());
        if (content().length == 0) {
            throw unreadable("the body is empty");
        }
        if (compression.isPresent()) {
            throw unreadable("the body is compressed (" + compression.get() + "), which the SDK does not accept");
        }
        if (contentType.value().isEmpty()) {
            throw unreadable("the Content-Type is missing");
        }
        if (!contentType.isJsonInUtf8()) {
            throw Failures.unexpectedType(response, contentType);
        }
    }

    /** Returns the JSON pointer of the value that does not match. */
    private static String location(JacksonException e) {
        var pointer = e.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                .collect(joining());
        return pointer.isEmpty() ? "" : " at " + pointer;
    }

    private <V> V read(JavaType body) {
        V value = Json.STRICT
                .readerFor(body)
                .with(new Etag(type, Failures.header(response.headers(), "ETag")))
                .readValue(content());
        if (value == null) {
            throw unreadable("the body is null");
        }
        return value;
    }

    private JavaType bodyType() {
        return Json.STRICT.constructType(type);
    }

    private JavaType listType() {
        var item = ((ParameterizedType) type).getActualTypeArguments()[0];
        return Json.STRICT.getTypeFactory().constructCollectionType(List.class, Json.STRICT.constructType(item));
    }

    /** Omits the headers and the body, which may contain secrets and personal data. */
    @Override
    public String toString() {
        return "RawResponse[statusCode=" + statusCode() + "]";
    }

    boolean isNotModified() {
        return response.status() == 304;
    }

    /** The exception for a response that does not match the contract. */
    ServerException unreadable(String why) {
        return Failures.unreadable(response, why);
    }

    /** The response to a conditional read: it parses to empty if the item has not changed. */
    static <T> RawResponse<Optional<T>> ifChanged(RawResponse<T> response) {
        return new ConditionalResponse<>((ReceivedResponse<T>) response);
    }

    /** The ETag of a response, which belongs to the item that is the body, but not to items inside the body. */
    private static final class Etag extends InjectableValues {

        private final Type body;
        private final Optional<String> etag;

        Etag(Type body, Optional<String> etag) {
            this.body = body;
            this.etag = etag;
        }

        @Override
        public Object findInjectableValue(
                DeserializationContext context,
                Object id,
                BeanProperty property,
                @Nullable Object bean,
                @Nullable Boolean optional,
                @Nullable Boolean useInput) {
            return property.getMember().getDeclaringClass() == body ? etag : Optional.empty();
        }

        @Override
        public InjectableValues snapshot() {
            return this;
        }
    }

    private record Items<T>(List<T> items) implements Page<T> {}

    private record ConditionalResponse<T>(ReceivedResponse<T> received) implements RawResponse<Optional<T>> {

        @Override
        public int statusCode() {
            return received.statusCode();
        }

        @Override
        public Map<String, List<String>> headers() {
            return received.headers();
        }

        @Override
        public String body() {
            return received.body();
        }

        @Override
        public Optional<T> parse() {
            return received.isNotModified() ? Optional.empty() : Optional.of(received.parse());
        }

        @Override
        public String toString() {
            return received.toString();
        }
    }
}
