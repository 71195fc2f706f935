package io.multicloudboutique.support.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import reactor.core.publisher.Sinks;

/** Clients that send their requests slowly, not at all, or over too many connections. */
@Isolated("it checks that nothing is logged, and connects as often as the service permits")
class SlowClientTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(ImpatientService.class, "food");

    private static final String REQUEST = "GET /openapi.yaml HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private final LogLines log = LogLines.record();
    private final List<RawConnection> connections = new ArrayList<>();

    @BeforeEach
    void connect() throws IOException {
        open();
    }

    @AfterEach
    void disconnect() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
        log.close();
    }

    @Test
    void halfAHeadIsCutOff() throws IOException {
        var start = System.nanoTime();
        connection().send("GET /openapi.yaml HTTP/1.1\r\nHost: loc");

        assertThat(connection().isClosedByServer()).isTrue();
        assertThat(since(start)).isBetween(ImpatientService.HEADERS, ImpatientService.BODY);
        await().untilAsserted(() ->
                assertThat(log.debug()).anyMatch(line -> line.endsWith("was closed within the headers of a request")));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aDrippedHeadIsCutOffOnAnUsedConnectionToo() throws Exception {
        assertThat(connection().send(REQUEST).status()).isEqualTo(200);
        var start = System.nanoTime();
        connection().drip(REQUEST, 100);

        assertThat(since(start)).isBetween(ImpatientService.HEADERS, ImpatientService.IDLE);
    }

    @Test
    void aMissingBodyIsCutOffWithoutAResponse() throws IOException {
        var start = System.nanoTime();
        connection().send(post("/echo", 20) + "{");

        assertThat(connection().isClosedByServer()).isTrue();
        assertThat(since(start)).isBetween(ImpatientService.BODY, ImpatientService.IDLE);
        await().untilAsserted(() -> assertThat(log.access("/echo")).containsExactly("POST /echo 408"));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aDrippedBodyIsCutOff() throws Exception {
        var start = System.nanoTime();
        connection().send(post("/echo", 100)).drip("{" + " ".repeat(98) + "}", 100);

        assertThat(since(start)).isBetween(ImpatientService.BODY, ImpatientService.IDLE);
        await().untilAsserted(() -> assertThat(log.access("/echo")).containsExactly("POST /echo 408"));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aBodyThatNobodyReadsIsCutOff() throws Exception {
        connection().send(post("/unread", 20) + "{");
        ImpatientService.await(ImpatientService.begun);

        assertThat(connection().isClosedByServer()).isTrue();
        ImpatientService.await(ImpatientService.cancelled);
        await().untilAsserted(() -> assertThat(log.access("/unread")).containsExactly("POST /unread 408"));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aRejectedRequestWithoutItsBodyIsCutOff() throws IOException {
        connection().send(post("/absent", 20) + "{");

        assertThat(connection().status()).isEqualTo(404);
        assertThat(connection().isClosedByServer()).isTrue();
        assertThat(log.access("/absent")).containsExactly("POST /absent 404");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aRequestInSeveralPiecesIsServed() throws Exception {
        for (int n = 0; n < 3; n++) {
            connection().send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n");
            connection().send("Content-Length: 7\r\n\r\n{\"a\"").send(":1}");
            assertThat(connection().status()).isEqualTo(200);
        }
        assertThat(log.access("/echo")).hasSize(3).containsOnly("POST /echo 200");
    }

    @Test
    void workMayTakeLongerThanTheDeadlinesOfARequest() throws Exception {
        connection().send(post("/work", 2) + "{}");
        ImpatientService.await(ImpatientService.begun);
        Thread.sleep(ImpatientService.BODY.plusMillis(500).toMillis()); // the time that the work takes
        ImpatientService.end.tryEmitEmpty();
        ImpatientService.end = Sinks.empty();

        assertThat(connection().status()).isEqualTo(200);
    }

    @Test
    void anIdleConnectionStaysOpenBeyondTheDeadlinesOfARequestUntilItsOwn() throws Exception {
        assertThat(connection().send(REQUEST).status()).isEqualTo(200);
        var idle = System.nanoTime();
        Thread.sleep(ImpatientService.BODY.plusMillis(500).toMillis()); // the time that this client is idle
        assertThat(connection().send(REQUEST).status()).isEqualTo(200);
        assertThat(connection().isClosedByServer()).isTrue();

        assertThat(since(idle)).isGreaterThan(ImpatientService.IDLE.plus(ImpatientService.BODY));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAtOnceAndTheOthersAreServed() throws Exception {
        while (connections.size() < ImpatientService.MAX_CONNECTIONS) {
            open();
        }
        for (var connection : connections) {
            assertThat(connection.send(REQUEST).status()).isEqualTo(200);
        }
        var start = System.nanoTime();
        for (int n = 0; n < 3; n++) {
            try (var refused = new RawConnection(service.url())) {
                assertThat(refused.isClosedByServer()).isTrue();
            }
        }
        assertThat(since(start)).isLessThan(ImpatientService.HEADERS);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .endsWith("20 connections are open. Further connections are closed at once.");

        for (var connection : connections) {
            assertThat(connection.send(REQUEST).status()).isEqualTo(200);
        }
        connections.remove(0).close();
        await().atMost(ofSeconds(5)).ignoreException(SocketException.class).untilAsserted(() -> {
            try (var next = new RawConnection(service.url())) {
                assertThat(next.send(REQUEST).status()).isEqualTo(200);
            }
        });
    }

    private static String post(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n\r\n";
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    private RawConnection connection() {
        return connections.get(0);
    }

    private void open() throws IOException {
        connections.add(new RawConnection(service.url()));
    }
}
