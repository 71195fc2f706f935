package io.multicloudboutique.client.internal.http;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The host names that {@link URI} does not know as such, above all names with an underscore, which are usual in Docker
 * Compose. The JDK's client refuses such a URI, so the SDK looks up the address of the host itself.
 */
public final class HostNames {

    private static final Pattern AUTHORITY = Pattern.compile("(?<host>[A-Za-z0-9._-]+)(:(?<port>[0-9]{1,5})?)?");
    private static final int HIGHEST_PORT = 65_535;

    private HostNames() {}

    /** Whether the URI has a host, and a valid port if any. */
    public static boolean isPresent(URI uri) {
        if (uri.getHost() != null) {
            return uri.getPort() == -1 || isPort(uri.getPort());
        }
        var authority = AUTHORITY.matcher(Objects.requireNonNullElse(uri.getRawAuthority(), ""));
        return authority.matches()
                && (authority.group("port") == null || isPort(Integer.parseInt(authority.group("port"))));
    }

    private static boolean isPort(int port) {
        return port > 0 && port <= HIGHEST_PORT;
    }

    /**
     * Returns the URI with the address of its host, or the same URI if the JDK's client can look up the host.
     *
     * @throws UnknownHostException if the host has no address
     */
    static URI reachable(URI uri) throws UnknownHostException {
        var authority = AUTHORITY.matcher(uri.getRawAuthority());
        if (uri.getHost() != null || !authority.matches()) {
            return uri;
        }
        var address = InetAddress.getByName(authority.group("host")).getHostAddress();
        var port = authority.group("port");
        return URI.create(uri.getScheme()
                + "://"
                + (address.contains(":") ? "[" + address + "]" : address)
                + (port == null ? "" : ":" + port)
                + uri.getRawPath()
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
    }
}
