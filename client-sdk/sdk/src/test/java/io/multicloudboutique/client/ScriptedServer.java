package io.multicloudboutique.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * An HTTP server on a free port that handles each request with the next step of a script. It repeats the last step for
 * all further requests. It uses plain sockets, because a script may violate the HTTP protocol. Each connection serves
 * one request.
 */
final class ScriptedServer implements AutoCloseable {

    /** Handles one request. */
    interface Step {
        void answer(Request request, OutputStream out, Socket socket) throws Exception;
    }

    record Request(String method, String target, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.get(name);
        }
    }

    private static final char[] PASSWORD = "changeit".toCharArray();

    private final String scheme;
    private final ServerSocket socket;
    private final Queue<Step> script = new ConcurrentLinkedQueue<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    ScriptedServer(Step... steps) {
        this("http", ServerSocketFactory.getDefault(), steps);
    }

    /** A server with TLS, whose certificate is the one of {@link #certificate()}. */
    static ScriptedServer withTls(Step... steps) {
        return new ScriptedServer("https", certificate().getServerSocketFactory(), steps);
    }

    private ScriptedServer(String scheme, ServerSocketFactory sockets, Step... steps) {
        this.scheme = scheme;
        script.addAll(List.of(steps));
        try {
            socket = sockets.createServerSocket(0, 1000, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** A TLS context that has a certificate for this machine, signed by itself, and trusts no other certificate. */
    static SSLContext certificate() {
        try (var in = ScriptedServer.class.getResourceAsStream("localhost.p12")) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD);
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("localhost", store.getCertificate("localhost"));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return scheme + "://127.0.0.1:" + port();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** The requests that have arrived so far. */
    List<Request> requests() {
        return requests;
    }

    /** Responds with this status and this JSON. Each header has the form {@code "Name: value"}. */
    static Step json(int status, String body, String... headers) {
        return answer(status, "application/json", body, headers);
    }

    /**
     * Responds with a problem of this code.
     *
     * @param more further JSON members, starting with a comma; may be empty
     */
    static Step problem(int status, String code, String more, String... headers) {
        return answer(status, "application/problem+json", """
                {"type":"urn:multicloudboutique:problem:%s","title":"A title","status":%d,"detail":"Something went wrong.",\
                "instance":"urn:uuid:6f1a6a6c-62c5-4d2c-9a3e-0f6f3f0b8d5e","code":"%s","error":"Something went wrong."%s}""".formatted(code, status, code, more), headers);
    }

    static Step answer(int status, String contentType, String body, String... headers) {
        return (request, out, socket) -> {
            var head = new StringBuilder("HTTP/1.1 " + status + " .\r\nConnection: close\r\n");
            if (!contentType.isEmpty()) {
                head.append("Content-Type: ").append(contentType).append("\r\n");
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            if (status != 304) {
                head.append("Content-Length: ").append(bytes.length).append("\r\n");
            }
            for (var header : headers) {
                head.append(header).append("\r\n");
            }
            out.write((head + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(bytes);
            out.flush();
        };
    }

    /** Never responds. */
    static Step silence() {
        return (request, out, socket) -> waitUntilTheClientDisconnects(socket);
    }

    /** Resets the connection without a response. */
    static Step reset() {
        return (request, out, socket) -> socket.setSoLinger(true, 0);
    }

    /** Sends the head and a part of the body, and then nothing more, but keeps the connection open. */
    static Step stuckBody() {
        return (request, out, socket) -> {
            out.write("HTTP/1.1 200 .\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            waitUntilTheClientDisconnects(socket);
        };
    }

    /** Sends the head and a part of the body, and closes the connection. */
    static Step truncatedBody() {
        return (request, out, socket) -> {
            out.write("HTTP/1.1 200 .\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":"
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        };
    }

    private static void waitUntilTheClientDisconnects(Socket socket) throws IOException {
        while (socket.getInputStream().read() >= 0) {}
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var request = read(new BufferedInputStream(connection.getInputStream()));
            Step step;
            synchronized (this) {
                requests.add(request);
                step = script.size() > 1 ? script.remove() : script.peek();
            }
            step.answer(request, connection.getOutputStream(), connection);
        } catch (Exception e) {
            // The client has disconnected, or the test has ended.
        } finally {
            open.remove(connection);
        }
    }

    private static Request read(InputStream in) throws IOException {
        var start = line(in).split(" ");
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var colon = line.indexOf(':');
            headers.merge(
                    line.substring(0, colon), line.substring(colon + 1).strip(), (one, other) -> one + ", " + other);
        }
        var length = Integer.parseInt(headers.getOrDefault("Content-Length", "0"));
        return new Request(start[0], start[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The connection is closed.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (var connection : open) {
            connection.close();
        }
    }
}
