package io.multicloudboutique.client.internal.http;

import feign.Response;
import feign.codec.Decoder;
import feign.jackson3.Jackson3Decoder;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Decodes successful responses. Rejects responses that have a success status but no valid body, such as the login page
 * of a proxy.
 */
final class AnswerDecoder implements Decoder {

    private final Decoder json;

    AnswerDecoder(JsonMapper json) {
        this.json = new Jackson3Decoder(json);
    }

    @Override
    public Object decode(Response response, Type type) throws IOException {
        var answered = Answered.of(response);
        var contentType = response.headers().getOrDefault("Content-Type", List.of()).stream()
                .findFirst()
                .orElse("");
        if (answered.content().length == 0) {
            throw unreadable(response, "the body is empty");
        }
        if (!contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw unreadable(
                    response,
                    contentType.isEmpty()
                            ? "the Content-Type is missing"
                            : "the body is " + contentType + ", not application/json");
        }
        try {
            var value = json.decode(response, type);
            if (value == null) {
                throw unreadable(response, "the body is null");
            }
            return value;
        } catch (JacksonException e) {
            throw unreadable(response, "the body does not match the contract: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw unreadable(response, "the body does not match the contract: " + e.getMessage());
        }
    }

    private static RuntimeException unreadable(Response response, String why) {
        return Failures.unreadable(
                response.request(),
                response.status(),
                response.headers(),
                Answered.of(response).attempts(),
                why);
    }
}
