package io.multicloudboutique.support.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URL such as {@code postgresql://user:password@host:port/database?sslmode=…}, in which special
 * characters are percent-encoded. The parts are decoded. Immutable.
 *
 * @param port 5432 by default
 * @param password null if the URL has none
 * @param sslMode one of libpq's modes, {@code prefer} by default
 */
record DatabaseUrl(
        String host,
        int port,
        String database,
        @Nullable String user,
        @Nullable String password,
        String sslMode) {

    /** The form of the URL, for messages. */
    static final String FORM = "postgresql://user:password@host:port/database?sslmode=require";

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /**
     * Parses a URL. Error messages do not repeat the URL, because it contains a password.
     *
     * @throws DatabaseUnavailable if the URL is malformed
     */
    static DatabaseUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw invalid("it is not a valid URL (percent-encode special characters)");
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw invalid("it does not start with postgresql://");
        }
        if (uri.getHost() == null) {
            throw invalid("it has no valid host (letters, digits, dots and hyphens)");
        }
        if (uri.getRawPath() == null || uri.getRawPath().length() < 2) {
            throw invalid("it has no database name");
        }
        var credentials = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        if (credentials.length == 0) {
            throw invalid("it has no user");
        }
        var sslMode = "prefer";
        if (uri.getRawQuery() != null) {
            for (var parameter : uri.getRawQuery().split("&")) {
                var pair = parameter.split("=", 2);
                if (!pair[0].equals("sslmode") || pair.length != 2 || !SSL_MODES.contains(pair[1])) {
                    throw invalid("its parameter " + decoded(pair[0])
                            + " is not valid; the only supported parameter is sslmode, with one of the values "
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
        // The R2DBC driver verifies certificates against Java's trust store. By default, the JDBC driver would verify
        // them against a file, like libpq. Few containers have that file.
        var trust = sslMode.startsWith("verify") ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : "";
        return "jdbc:postgresql://" + host + ":" + port + "/" + encoded(database) + "?loginTimeout=10&sslmode="
                + sslMode + trust;
    }

    /** Returns a URL that {@link #parse} accepts. It contains the password. */
    String encoded() {
        var credentials = encoded(user) + (password == null ? "" : ":" + encoded(password));
        return "postgresql://" + credentials + "@" + host + ":" + port + "/" + encoded(database) + "?sslmode="
                + sslMode;
    }

    /** Returns the host, port and database without credentials, for logs and messages. */
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

    private static DatabaseUnavailable invalid(String reason) {
        return new DatabaseUnavailable(
                "DATABASE_URL cannot be used: " + reason + ". The expected form is " + FORM + ".");
    }
}
