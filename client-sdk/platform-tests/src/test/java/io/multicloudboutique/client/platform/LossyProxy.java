package io.multicloudboutique.client.platform;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * An HTTP proxy on a free port between a client and one service that loses requests and responses. The fate of a
 * request depends only on its body and on the number of its attempt, so a test run is reproducible, regardless of the
 * order in which threads run. The proxy uses plain sockets, because an HTTP server cannot break connections in the ways
 * that networks do. Thread-safe.
 */
final class LossyProxy implements AutoCloseable {

    enum Fate {
        /** The client receives the response. */
        ANSWERED,
        /** The connection is reset before the service receives anything. */
        REQUEST_LOST,
        /** The service receives the whole request. The connection is reset while the service processes it. */
        LEFT_WHILE_SERVED,
        /** The connection is reset after the service has responded. */
        ANSWER_LOST,
        /** The connection is closed in the middle of the response body. */
        ANSWER_TORN
    }

    interface Fates {

        /**
         * @param body the body of the request
         * @param attempt the number of requests with this body so far, including this one
         */
        Fate of(String body, int attempt);
    }

    private static final Pattern CONTENT_LENGTH = Pattern.compile("(?imd)^content-length: *(\\d+)\r$");

    private final int servicePort;
    private final Fates fates;
    private final ServerSocket socket;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();
    private final Map<Fate, AtomicInteger> counts = new ConcurrentHashMap<>();

    LossyProxy(int servicePort, Fates fates) {
        this.servicePort = servicePort;
        this.fates = fates;
        for (var fate : Fate.values()) {
            counts.put(fate, new AtomicInteger());
        }
        try {
            socket = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.add(socket);
        daemon(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** The number of requests with this fate. */
    int count(Fate fate) {
        return counts.get(fate).get();
    }

    /** The number of all requests. */
    int count() {
        return counts.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    private void accept() {
        try {
            while (true) {
                var client = socket.accept();
                open.add(client);
                daemon(() -> serve(client));
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private void serve(Socket client) {
        try (client;
                var service = new Socket(InetAddress.getLoopbackAddress(), servicePort)) {
            open.add(service);
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            var requests = new BufferedInputStream(client.getInputStream());
            var responses = new BufferedInputStream(service.getInputStream());
            Message request;
            while ((request = Message.read(requests)) != null && relay(request, client, service, responses)) {}
            open.remove(service);
        } catch (IOException e) {
            // The client sees this failure as one more lost request.
        } finally {
            open.remove(client);
        }
    }

    /** Forwards a request, and returns whether the connection stays open. */
    private boolean relay(Message request, Socket client, Socket service, InputStream responses) throws IOException {
        var body = new String(request.body(), StandardCharsets.UTF_8);
        var attempt =
                attempts.computeIfAbsent(body, unseen -> new AtomicInteger()).incrementAndGet();
        var fate = fates.of(body, attempt);
        counts.get(fate).incrementAndGet();
        if (fate == Fate.REQUEST_LOST) {
            reset(client);
            return false;
        }
        service.getOutputStream().write(request.bytes());
        if (fate == Fate.LEFT_WHILE_SERVED) {
            reset(client);
        }
        // Always read the whole response, so that the service does not notice that the client has disconnected.
        var response = Message.read(responses);
        if (response == null) {
            throw new EOFException("The service has closed the connection.");
        }
        switch (fate) {
            case ANSWERED -> client.getOutputStream().write(response.bytes());
            case ANSWER_LOST -> reset(client);
            case ANSWER_TORN ->
                client.getOutputStream()
                        .write(response.bytes(), 0, response.bytes().length - response.body().length / 2);
            default -> {}
        }
        return fate == Fate.ANSWERED;
    }

    private static void reset(Socket client) throws IOException {
        client.setSoLinger(true, 0);
        client.close();
    }

    private static void daemon(Runnable work) {
        var thread = new Thread(work, "lossy-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    /** A request or a response. */
    private record Message(byte[] bytes, byte[] body) {

        /** Returns null at the end of the connection. */
        static Message read(InputStream in) throws IOException {
            var bytes = new ByteArrayOutputStream();
            // The head ends with an empty line.
            for (var lineLength = -1; lineLength != 0; ) {
                lineLength = 0;
                for (var c = in.read(); c != '\n'; c = in.read()) {
                    if (c < 0) {
                        return null;
                    }
                    bytes.write(c);
                    lineLength += c == '\r' ? 0 : 1;
                }
                bytes.write('\n');
            }
            var length = CONTENT_LENGTH.matcher(bytes.toString(StandardCharsets.US_ASCII));
            if (!length.find()) {
                throw new IOException("A message without a length:\n" + bytes.toString(StandardCharsets.US_ASCII));
            }
            var body = in.readNBytes(Integer.parseInt(length.group(1)));
            bytes.write(body);
            return new Message(bytes.toByteArray(), body);
        }
    }
}
