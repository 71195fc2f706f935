package io.multicloudboutique.infra;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Runs in containers of the tests. With one argument, passes connections on to port 8080 of this host, from within a network to which
 * no port is published. With two, a host and a port, connects: the exit code says whether somebody is there.
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
            // The client sees its connection end, as it would without us.
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // One end is gone, so both are closed.
        }
    }
}
