package io.multicloudboutique.client.internal.http;

import feign.Response;
import feign.Util;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;

/**
 * The complete body of a response, the number of attempts, and whether an earlier attempt may have taken effect. The
 * decoders need no other information about the call.
 */
record Answered(byte[] content, int attempts, boolean earlierMayHaveTakenEffect) implements Response.Body {

    static Answered of(Response response) {
        return (Answered) response.body();
    }

    @Override
    public Integer length() {
        return content.length;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public InputStream asInputStream() {
        return new ByteArrayInputStream(content);
    }

    @Override
    public Reader asReader(Charset charset) {
        return new StringReader(new String(content, charset == null ? Util.UTF_8 : charset));
    }

    /** Does nothing: the body is in memory, and its connection is back in the pool. */
    @Override
    public void close() {}
}
