package io.multicloudboutique.client.internal.http;

import feign.Param;
import java.nio.charset.StandardCharsets;

/**
 * Encodes every value for a path or a query. Feign does not encode values that look encoded already, so a reference
 * {@code 50%20off} would arrive as {@code 50 off}.
 */
public final class PercentEncoding implements Param.Expander {

    @Override
    public String expand(Object value) {
        var encoded = new StringBuilder();
        for (var octet : value.toString().getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append("%02X".formatted(octet));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '.'
                || octet == '_'
                || octet == '~';
    }
}
