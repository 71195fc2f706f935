package io.multicloudboutique.support.database;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a URL such as {@code postgresql://user:password@host1:port1,host2:port2/database?sslmode=…}, in which
 * special characters are percent-encoded. The parts are decoded. Immutable.
 *
 * @param hosts the servers of the database, at least one; the services use the first one that fits {@code readWrite}
 * @param password null if the URL has none
 * @param sslMode one of libpq's modes, {@code prefer} by default
 * @param readWrite whether to use only a server that accepts writes; by default true for several hosts, otherwise false
 */
record DatabaseUrl(
        List<Host> hosts,
        String database,
        @Nullable String user,
        @Nullable String password,
        String sslMode,
        boolean readWrite) {

    /**
     * A server.
     *
     * @param name a name or an address; an IPv6 address is in brackets
     * @param port 5432 by default
     */
    record Host(String name, int port) {

        @Override
        public String toString() {
            return name + ":" + port;
        }
    }

    /** The form of the URL, for messages. */
    static final String FORM = "postgresql://user:password@host:port/database?sslmode=require";

    private static final Pattern SCHEME = Pattern.compile("postgres(?:ql)?://.*", Pattern.DOTALL);

    /** No character that a URL cannot contain, and no percent sign without two hexadecimal digits. */
    private static final Pattern CHARACTERS = Pattern.compile("(?:[^\\x00-\\x20\"<>\\\\^`{|}#%]|%[0-9A-Fa-f]{2})*");

    private static final Pattern PARTS = Pattern.compile(
            "[a-z]+://(?:(?<credentials>[^@/?]*)@)?(?<hosts>[^/?]*)(?:/(?<database>[^?]*))?(?:\\?(?<parameters>.*))?");

    private static final Pattern HOST =
            Pattern.compile("(?<name>[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::(?<port>[0-9]{1,5}))?");

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private static final List<String> SESSION_ATTRIBUTES = List.of("any", "read-write", "primary");

    /**
     * Parses a URL. Error messages do not repeat the URL, because it contains a password.
     *
     * @throws DatabaseUnavailable if the URL is malformed
     */
    static DatabaseUrl parse(String url) {
        if (!SCHEME.matcher(url).matches()) {
            throw invalid("it does not start with postgresql://");
        }
        var parts = PARTS.matcher(url);
        if (!CHARACTERS.matcher(url).matches() || !parts.matches()) {
            throw invalid("it is not a valid URL (percent-encode special characters)");
        }
        var hosts = hosts(parts.group("hosts"));
        if (parts.group("database") == null || parts.group("database").isEmpty()) {
            throw invalid("it has no database name");
        }
        if (parts.group("credentials") == null) {
            throw invalid("it has no user");
        }
        var credentials = parts.group("credentials").split(":", 2);
        var sslMode = "prefer";
        var readWrite = hosts.size() > 1;
        if (parts.group("parameters") != null) {
            for (var parameter : parts.group("parameters").split("&")) {
                var name = parameter.split("=", 2)[0];
                var value = parameter.substring(Math.min(parameter.length(), name.length() + 1));
                if (name.equals("sslmode") && SSL_MODES.contains(value)) {
                    sslMode = value;
                } else if (name.equals("target_session_attrs") && SESSION_ATTRIBUTES.contains(value)) {
                    readWrite = !value.equals("any");
                } else {
                    throw invalid("its parameter " + decoded(name)
                            + " is not valid; the supported parameters are sslmode, with one of the values " + SSL_MODES
                            + ", and target_session_attrs, with one of the values " + SESSION_ATTRIBUTES);
                }
            }
        }
        return new DatabaseUrl(
                hosts,
                decoded(parts.group("database")),
                decoded(credentials[0]),
                credentials.length > 1 ? decoded(credentials[1]) : null,
                sslMode,
                readWrite);
    }

    private static List<Host> hosts(String list) {
        var hosts = new ArrayList<Host>();
        for (var item : list.split(",", -1)) {
            var host = HOST.matcher(item);
            var port = host.matches() && host.group("port") != null ? Integer.parseInt(host.group("port")) : 5432;
            if (!host.matches() || port < 1 || port > 65535) {
                throw invalid(
                        "it has no valid host (letters, digits, dots and hyphens, or an IPv6 address in brackets) and port (1 to 65535)");
            }
            hosts.add(new Host(host.group("name"), port));
        }
        return List.copyOf(hosts);
    }

    String jdbcUrl() {
        // The R2DBC driver verifies certificates against Java's trust store. By default, the JDBC driver would verify
        // them against a file, like libpq. Few containers have that file.
        var trust = sslMode.startsWith("verify") ? "&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory" : "";
        // With several hosts, a silent host must not take the time of the others. JdbcConnections ends the socket
        // timeout.
        var several = hosts.size() > 1 ? "&connectTimeout=2&socketTimeout=2" : "";
        return "jdbc:postgresql://" + hostList() + "/" + encoded(database) + "?loginTimeout=10&sslmode=" + sslMode
                + trust + several + (readWrite ? "&targetServerType=primary" : "");
    }

    /** Returns a URL that {@link #parse} accepts. It contains the password. */
    String encoded() {
        var credentials = encoded(user) + (password == null ? "" : ":" + encoded(password));
        return "postgresql://" + credentials + "@" + hostList() + "/" + encoded(database) + "?sslmode=" + sslMode
                + "&target_session_attrs=" + (readWrite ? "read-write" : "any");
    }

    /** Returns the hosts, ports and database without credentials, for logs and messages. */
    @Override
    public String toString() {
        return hostList() + "/" + database;
    }

    private String hostList() {
        return hosts.stream().map(Host::toString).collect(Collectors.joining(","));
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
