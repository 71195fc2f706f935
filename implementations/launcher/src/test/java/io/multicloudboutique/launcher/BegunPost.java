package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * A POST in progress: the service has responded to its headers with {@code 100 Continue} and waits for the body, which
 * {@link #finish} sends. Not thread-safe.
 */
public final class BegunPost implements AutoCloseable {

    private final Socket socket;
    private final String body;

    private BegunPost(Socket socket, String body) {
        this.socket = socket;
        this.body = body;
    }

    /**
     * Sends the request without its body, and returns when the service has responded with {@code 100 Continue}.
     *
     * @param service the service's base URL
     * @param body the JSON that {@link #finish} sends, in ASCII
     */
    public static BegunPost begin(URI service, String path, String body) throws IOException {
        var post = new BegunPost(new Socket(service.getHost(), service.getPort()), body);
        post.socket.setSoTimeout(60_000);
        post.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n");
        var response = new StringBuilder();
        while (response.indexOf("\r\n\r\n") < 0) {
            var next = post.socket.getInputStream().read();
            assertThat(next).as(response.toString()).isNotNegative();
            response.append((char) next);
        }
        assertThat(response).startsWith("HTTP/1.1 100 Continue\r\n");
        return post;
    }

    /**
     * Sends the body and returns the whole response, including its headers; empty if the service closed the connection.
     */
    public String finish() throws IOException {
        send(body);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
