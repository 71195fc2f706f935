package io.multicloudboutique.client.internal.http;

import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Checks the headers that an application adds to its requests. */
public final class Headers {

    /** The SDK sets these headers, or they describe the body that the SDK writes. */
    private static final Set<String> OWN = Set.of(
            "accept",
            "authorization",
            "content-encoding",
            "content-type",
            "idempotency-key",
            "if-match",
            "if-none-match",
            "user-agent",
            "x-api-key",
            "x-request-id");

    private Headers() {}

    /**
     * Returns the name.
     *
     * @throws IllegalArgumentException if the SDK sets this header, or if HTTP does not allow its name
     */
    public static String name(String name) {
        if (OWN.contains(Objects.requireNonNull(name, "name").toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("The SDK sets the header " + name + " itself.");
        }
        // The JDK's client refuses what HTTP does not allow, and the headers that it sets itself, such as Host.
        HttpRequest.newBuilder().header(name, "");
        return name;
    }

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException if HTTP does not allow the value
     */
    public static String value(String name, String value) {
        if (!Objects.requireNonNull(value, "value").chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7F))) {
            // The value may be a credential, so the message does not contain it.
            throw new IllegalArgumentException(
                    "The value of the header " + name + " must consist of ASCII characters.");
        }
        return value;
    }
}
