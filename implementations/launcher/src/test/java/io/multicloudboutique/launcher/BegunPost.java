package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A POST that a service has begun to answer: it has asked for the body, which {@link #finish} sends. Not thread-safe. */
public final class BegunPost implements AutoCloseable {

    private final Socket socket;
    private final String body;

    private BegunPost(Socket socket, String body) {
        this.socket = socket;
        this.body = body;
    }

    /**
     * Sends all but the body, and returns when the service asks for that.
     *
     * @param body JSON in ASCII
     */
    public static BegunPost begin(URI service, String path, String body) throws IOException {
        var post = new BegunPost(new Socket(service.getHost(), service.getPort()), body);
        post.socket.setSoTimeout(60_000);
        post.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\nExpect: 100-continue\r\n\r\n");
        var answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            var next = post.socket.getInputStream().read();
            assertThat(next).as(answer.toString()).isNotNegative();
            answer.append((char) next);
        }
        assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n");
        return post;
    }

    /** Sends the body, and returns all that is answered: nothing if the connection was cut. */
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
