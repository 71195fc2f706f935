package io.multicloudboutique.client.benchmarks;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Answers each GET with a food item and each POST with a reservation. It parses only what it needs, so that the clients
 * take most of the time of an exchange. Thread-safe.
 */
final class CannedServer implements AutoCloseable {

    record Request(String method, String path, Map<String, String> headers, byte[] body) {}

    private static final byte[] FOOD_ITEM = response("200 OK", "", """
            {"id":1,"name":"Pizza Margherita","category":"Italian","price":12.99,"available":true,\
            "productId":"OLJCESPC7Z"}""");
    private static final byte[] RESERVATION =
            response("201 Created", "Location: /reservations/3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1\r\n", """
            {"reservationId":"3b9c6c1e-5a5e-4a55-9c0c-2f1df0a9a7a1","status":"active",\
            "lines":[{"productId":"OLJCESPC7Z","quantity":1},{"productId":"2ZYFJ3GM2N","quantity":2}],\
            "createdAt":"2026-01-20T10:30:00.125Z","expiresAt":"2026-01-20T10:45:00.125Z"}""");

    private final ServerSocket socket;
    private volatile Request last = new Request("", "", Map.of(), new byte[0]);

    CannedServer() {
        try {
            socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** The last request that arrived. */
    Request last() {
        return last;
    }

    private static byte[] response(String status, String headers, String body) {
        return ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nETag: \"4\"\r\n" + headers
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "canned-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                var connection = socket.accept();
                connection.setTcpNoDelay(true);
                daemon(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedInputStream(connection.getInputStream());
            var out = connection.getOutputStream();
            while (true) {
                last = read(in);
                out.write(last.method().equals("GET") ? FOOD_ITEM : RESERVATION);
            }
        } catch (IOException closed) {
            // The client has closed the connection.
        }
    }

    private static Request read(InputStream in) throws IOException {
        var lines = new ArrayList<String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            lines.add(line);
        }
        var start = List.of(lines.remove(0).split(" "));
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var line : lines) {
            var colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).trim());
        }
        var body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
        return new Request(start.get(0), start.get(1), headers, body);
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
