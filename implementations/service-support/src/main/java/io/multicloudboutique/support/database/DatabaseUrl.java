package io.multicloudboutique.support.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the database is, out of {@code postgresql://user:password@host:port/database?sslmode=…}, percent-encoded. Immutable.
 *
 * @param sslMode one of libpq's, {@code prefer} by default
 */
record DatabaseUrl(
        String host,
        int port,
        String database,
        @Nullable String user,
        @Nullable String password,
        String sslMode) {

    /** An example of the form, for messages. */
    static final String FORM = "postgresql://user:password@host:port/database?sslmode=require";

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** Reads the URL; the message of a refusal never repeats it, since it holds a password. */
    static DatabaseUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw invalid("it is not a URL; percent-encode special characters");
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw invalid("it does not begin with postgresql://");
        }
        if (uri.getHost() == null) {
            throw invalid("it names no host (of letters, digits, dots and hyphens)");
        }
        if (uri.getRawPath() == null || uri.getRawPath().length() < 2) {
            throw invalid("it names no database");
        }
        var credentials = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        if (credentials.length == 0) {
            throw invalid("it names no user");
        }
        var sslMode = "prefer";
        if (uri.getRawQuery() != null) {
            for (var parameter : uri.getRawQuery().split("&")) {
                var pair = parameter.split("=", 2);
                if (!pair[0].equals("sslmode") || pair.length != 2 || !SSL_MODES.contains(pair[1])) {
                    throw invalid("it has the parameter " + decoded(pair[0]) + "; only sslmode is known, as one of "
                            + SSL_MODES);
                }
                sslMode = pair[1];
            }
        }
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                decoded(uri.getRawPath().substring(1)),
                decoded(credentials[0]),
                credentials.length > 1 ? decoded(credentials[1]) : null,
                sslMode);
    }

    String jdbcUrl() {
        // R2DBC verifies against Java's trusted certificates; libpq's default is a file that hardly any container has.
        var trust = sslMode.startsWith("verify") ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : "";
        return "jdbc:postgresql://" + host + ":" + port + "/" + encoded(database) + "?loginTimeout=10&sslmode="
                + sslMode + trust;
    }

    /** The URL again, as {@link #parse} takes it. */
    String encoded() {
        var credentials = encoded(user) + (password == null ? "" : ":" + encoded(password));
        return "postgresql://" + credentials + "@" + host + ":" + port + "/" + encoded(database) + "?sslmode="
                + sslMode;
    }

    /** Without credentials, for logs and messages. */
    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static DatabaseUnavailable invalid(String why) {
        return new DatabaseUnavailable("DATABASE_URL cannot be used: " + why + ". Its form is " + FORM + ".");
    }
}
