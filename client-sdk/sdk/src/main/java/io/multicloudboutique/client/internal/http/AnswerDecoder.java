package io.multicloudboutique.client.internal.http;

import feign.Response;
import feign.codec.Decoder;
import java.lang.reflect.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decodes successful responses. Rejects responses that have a success status but no valid body, such as the login page
 * of a proxy.
 */
final class AnswerDecoder implements Decoder {

    private final JsonMapper json;

    AnswerDecoder(JsonMapper json) {
        this.json = json;
    }

    @Override
    public Object decode(Response response, Type type) {
        var content = Answered.of(response).content();
        var contentType = ContentType.of(response.headers());
        var compression = BodyText.compression(response.headers());
        if (content.length == 0) {
            throw Failures.unreadable(response, "the body is empty");
        }
        if (compression.isPresent()) {
            throw Failures.unreadable(
                    response, "the body is compressed (" + compression.get() + "), which the SDK does not accept");
        }
        if (contentType.value().isEmpty()) {
            throw Failures.unreadable(response, "the Content-Type is missing");
        }
        if (!contentType.isJsonInUtf8()) {
            throw Failures.unexpectedType(response, contentType);
        }
        try {
            // Jackson reads UTF-8 from bytes, without Feign's own choice of the charset.
            var value = json.readValue(content, json.constructType(type));
            if (value == null) {
                throw Failures.unreadable(response, "the body is null");
            }
            return value;
        } catch (JacksonException e) {
            throw Failures.unreadable(response, "the body does not match the contract: " + e.getOriginalMessage());
        }
    }
}
