package io.multicloudboutique.support.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.regex.Pattern;

/** A client that sends what the test says, byte by byte. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\nContent-Length: (\\d+)");

    private final Socket socket;

    RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
        return this;
    }

    /** Sends these bytes one by one until the server closes the connection. */
    void drip(String text, long pauseMillis) throws InterruptedException {
        try {
            for (var letter : text.split("")) {
                send(letter);
                Thread.sleep(pauseMillis); // the speed of this client
            }
        } catch (IOException closed) {
            return;
        }
        throw new AssertionError("The server accepted all bytes");
    }

    /** A response; the head is the status line and the headers. */
    record Response(String head, String body) {

        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /** Returns the value of a header, and an empty text if the response has no such header. */
        String header(String name) {
            var header = Pattern.compile("(?i)\r\n" + name + ": ([^\r]*)").matcher(head);
            return header.find() ? header.group(1) : "";
        }
    }

    /** Reads a response with a Content-Length. */
    Response response() throws IOException {
        var head = head();
        var length = LENGTH.matcher(head);
        var body = length.find() ? socket.getInputStream().readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
        return new Response(head, new String(body, UTF_8));
    }

    /** Reads a response with a Content-Length and returns its status. */
    int status() throws IOException {
        return response().status();
    }

    /** Reads the head of a response. */
    String head() throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) read());
        }
        return head.toString();
    }

    private int read() throws IOException {
        var next = socket.getInputStream().read();
        if (next < 0) {
            throw new SocketException("The server has closed the connection");
        }
        return next;
    }

    /** Waits until the server closes the connection. Returns false if it sends something. */
    boolean isClosedByServer() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    /** Disconnects with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
