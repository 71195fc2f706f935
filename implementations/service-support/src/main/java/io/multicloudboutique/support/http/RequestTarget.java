package io.multicloudboutique.support.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/** The path and the query of a request, as the client has sent them: one character for each byte. */
final class RequestTarget {

    /** The characters that RFC 3986 allows in a path and in a query, and {@code %}. */
    private static final BitSet ALLOWED = new BitSet(128);

    static {
        ALLOWED.set('a', 'z' + 1);
        ALLOWED.set('A', 'Z' + 1);
        ALLOWED.set('0', '9' + 1);
        "-._~!$&'()*+,;=:@/?%".chars().forEach(ALLOWED::set);
    }

    private RequestTarget() {}

    /**
     * Percent-encodes each character that RFC 3986 forbids, and each {@code %} that does not begin a percent-encoded
     * byte. Browsers send some of them as they are, and without this, the request could not be parsed.
     */
    static String encoded(String target) {
        var start = startOfPath(target);
        for (int at = start; at < target.length(); at++) {
            if (!isAllowed(target, at)) {
                var encoded = new StringBuilder(target.length() + 30).append(target, 0, start);
                for (int next = start; next < target.length(); next++) {
                    if (isAllowed(target, next)) {
                        encoded.append(target.charAt(next));
                    } else {
                        encoded.append('%')
                                .append(HexFormat.of().withUpperCase().toHexDigits((byte) target.charAt(next)));
                    }
                }
                return encoded.toString();
            }
        }
        return target;
    }

    /** Returns whether the percent-encoded bytes of a target are UTF-8. */
    static boolean isUtf8(String encoded) {
        if (encoded.indexOf('%') < 0) {
            return true;
        }
        var bytes = ByteBuffer.allocate(encoded.length());
        for (int at = 0; at < encoded.length(); at++) {
            if (isEncodedByte(encoded, at)) {
                bytes.put((byte) HexFormat.fromHexDigits(encoded, at + 1, at + 3));
                at += 2;
            } else {
                bytes.put((byte) encoded.charAt(at));
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Returns the index after the scheme and the authority, which a client sends if it takes the service for a proxy. */
    private static int startOfPath(String target) {
        var scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme < 0) {
            return 0;
        }
        for (int at = scheme + 3; at < target.length(); at++) {
            if ("/?#".indexOf(target.charAt(at)) >= 0) {
                return at;
            }
        }
        return target.length();
    }

    private static boolean isAllowed(String target, int at) {
        var character = target.charAt(at);
        return character == '%' ? isEncodedByte(target, at) : ALLOWED.get(character);
    }

    private static boolean isEncodedByte(String target, int at) {
        return target.charAt(at) == '%'
                && at + 2 < target.length()
                && HexFormat.isHexDigit(target.charAt(at + 1))
                && HexFormat.isHexDigit(target.charAt(at + 2));
    }
}
