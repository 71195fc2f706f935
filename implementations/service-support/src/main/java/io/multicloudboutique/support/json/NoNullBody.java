package io.multicloudboutique.support.json;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;
import tools.jackson.databind.json.JsonMapper;

/** Rejects the body {@code null}, which Spring would treat like a missing body. */
class NoNullBody extends JacksonJsonDecoder {

    NoNullBody(JsonMapper json) {
        super(json);
    }

    @Override
    public Object decode(
            DataBuffer buffer, ResolvableType type, @Nullable MimeType mimeType, @Nullable Map<String, Object> hints) {
        var body = super.decode(buffer, type, mimeType, hints);
        if (body == null) {
            throw new DecodingException("null", new ContractMismatch(null, "must not be null"));
        }
        return body;
    }
}
