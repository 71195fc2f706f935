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
 * An HTTP proxy on a free port, between a client and one service, that loses requests and answers. A fate depends on nothing but
 * the request and how often it came, so a run can be repeated, whichever thread comes first. On sockets, since no server would
 * break off as networks do. Thread-safe.
 */
final class LossyProxy implements AutoCloseable {

    enum Fate {
        /** It is answered. */
        ANSWERED,
        /** The connection is reset before the service has got anything. */
        REQUEST_LOST,
        /** The service gets all of the request; the connection is reset while it works. */
        LEFT_WHILE_SERVED,
        /** The connection is reset when the service has answered. */
        ANSWER_LOST,
        /** The connection is closed within the body of the answer. */
        ANSWER_TORN
    }

    interface Fates {

        /**
         * @param body of the request
         * @param attempt how often a request with this body has come, this time included
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

    /** How many requests had this fate. */
    int count(Fate fate) {
        return counts.get(fate).get();
    }

    /** How many requests have come. */
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
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try (client;
                var service = new Socket(InetAddress.getLoopbackAddress(), servicePort)) {
            open.add(service);
            client.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            var requests = new BufferedInputStream(client.getInputStream());
            var answers = new BufferedInputStream(service.getInputStream());
            Message request;
            while ((request = Message.read(requests)) != null && relay(request, client, service, answers)) {}
            open.remove(service);
        } catch (IOException e) {
            // To the client it is one more loss.
        } finally {
            open.remove(client);
        }
    }

    /** Whether the connection goes on. */
    private boolean relay(Message request, Socket client, Socket service, InputStream answers) throws IOException {
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
        // Read to its end in each case: the service is not to see that the client has gone.
        var answer = Message.read(answers);
        if (answer == null) {
            throw new EOFException("The service has closed the connection.");
        }
        switch (fate) {
            case ANSWERED -> client.getOutputStream().write(answer.bytes());
            case ANSWER_LOST -> reset(client);
            case ANSWER_TORN ->
                client.getOutputStream().write(answer.bytes(), 0, answer.bytes().length - answer.body().length / 2);
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

    /** A request or an answer. */
    private record Message(byte[] bytes, byte[] body) {

        /** Null at the end of the connection. */
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
