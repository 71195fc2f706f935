package io.multicloudboutique.client.internal.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The value of the header {@code User-Agent}: the versions of the SDK and of the JDK. */
final class UserAgent {

    static final String VALUE = "boutique-client-sdk/" + version() + " java/" + System.getProperty("java.version");

    private UserAgent() {}

    /** Reads a resource beside this class: the manifest is lost when an application repackages the SDK. */
    private static String version() {
        try (var in = UserAgent.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            properties.load(Objects.requireNonNull(in, "version.properties"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
