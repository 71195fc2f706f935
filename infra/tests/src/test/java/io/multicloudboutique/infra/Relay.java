package io.multicloudboutique.infra;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.Security;

/**
 * A program that runs in the tests' containers. With one argument, a host, it forwards connections to port 8080 of that
 * host. The tests use it to reach a network that publishes no ports. With two arguments, a host and a port, it tries to
 * connect; the exit code is 0 if the connection succeeds.
 */
final class Relay {

    private Relay() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 2) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1])), 2000);
            }
            return;
        }
        // Containers that were restarted may have swapped their addresses. By default, the JVM keeps an address for 30
        // seconds.
        Security.setProperty("networkaddress.cache.ttl", "0");
        try (var server = new ServerSocket(8080)) {
            while (true) {
                var client = server.accept();
                new Thread(() -> pass(client, arguments[0])).start();
            }
        }
    }

    private static void pass(Socket client, String host) {
        try (client;
                var service = new Socket(host, 8080)) {
            new Thread(() -> pump(service, client)).start();
            pump(client, service);
        } catch (IOException refused) {
            // Leaving the try block closes the client's connection, so a failure looks the same as without the relay.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // One connection has ended, so both are closed.
        }
    }
}
