package io.multicloudboutique.launcher;

import io.multicloudboutique.support.StartupRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Set;

/** Checks that all ports are free before anything starts. */
final class Ports {

    private static final int TIMEOUT_MS = 500;

    private Ports() {}

    /**
     * Checks the ports of the start page, of these services and of their management servers.
     *
     * @throws StartupRefused if a program listens on one of the ports, or the launcher cannot bind it
     */
    static void requireFree(int portBase, Set<Service> services) {
        requireFree(portBase, "the start page", portBase);
        for (var service : services) {
            requireFree(service.port(portBase), service.id(), portBase);
            requireFree(service.managementPort(portBase), "the metrics of " + service.id(), portBase);
        }
    }

    private static void requireFree(int port, String purpose, int portBase) {
        // A successful bind is not enough: browsers try localhost on IPv6 first, and macOS lets two programs listen on
        // the same port if one of them listens on all addresses.
        if (acceptsConnections("127.0.0.1", port) || acceptsConnections("::1", port)) {
            throw new StartupRefused(
                    "Port %d, for %s, is in use. Stop the program that listens there (perhaps another Multicloud Boutique), or set BOUTIQUE_PORT_BASE to another value (now %d)."
                            .formatted(port, purpose, portBase));
        }
        try (var probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(address("127.0.0.1"), port));
        } catch (IOException e) {
            throw new StartupRefused(
                    "Port %d, for %s, cannot be used (%s). Set BOUTIQUE_PORT_BASE to another value (now %d)."
                            .formatted(port, purpose, e.getMessage(), portBase));
        }
    }

    private static boolean acceptsConnections(String host, int port) {
        try (var probe = new Socket()) {
            probe.connect(new InetSocketAddress(address(host), port), TIMEOUT_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress address(String numeric) throws UnknownHostException {
        return InetAddress.getByName(numeric);
    }
}
