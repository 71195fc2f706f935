package io.multicloudboutique.support.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.RunningService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The deadlines that a service has in production. */
@Tag("resilience")
class ServerLimitsTest {

    @RegisterExtension
    static final RunningService service =
            RunningService.of(ImpatientService.class, "food", () -> ImpatientService.REAL_DEADLINES + "=true");

    @Test
    void theHeadersHaveTenSecondsAndTheBodyHasThirty() throws Exception {
        var head =
                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n";
        var slowClients = Executors.newCachedThreadPool();
        List<Callable<Duration>> clients = List.of(
                () -> timeUntilCut("GET /livez HTTP/1.1\r\nHost:", ""),
                () -> timeUntilCut("", head + "X-Padding: " + "a".repeat(1000)),
                () -> timeUntilCut(head + "\r\n{", ""),
                () -> timeUntilCut(head + "\r\n", "{" + " ".repeat(998)));
        List<Future<Duration>> times;
        try (var idle = new RawConnection(service.url())) {
            times = slowClients.invokeAll(clients);
            assertThat(idle.send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .status())
                    .as("a connection that sent nothing for 30 seconds")
                    .isEqualTo(200);
        } finally {
            slowClients.shutdown();
        }

        assertThat(List.of(times.get(0).get(), times.get(1).get()))
                .allSatisfy(time -> assertThat(time).isBetween(ofSeconds(10), ofSeconds(14)));
        assertThat(List.of(times.get(2).get(), times.get(3).get()))
                .allSatisfy(time -> assertThat(time).isBetween(ofSeconds(30), ofSeconds(34)));
    }

    /** Sends the first part at once and the second part with one byte each second. */
    private static Duration timeUntilCut(String atOnce, String slowly) throws Exception {
        var start = System.nanoTime();
        try (var connection = new RawConnection(service.url())) {
            connection.send(atOnce);
            if (slowly.isEmpty()) {
                assertThat(connection.isClosedByServer()).isTrue();
            } else {
                connection.drip(slowly, 1000);
            }
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
