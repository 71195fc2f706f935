package io.multicloudboutique.support.http;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that leave in the middle: their requests have one access line each, and nothing is logged as a failure. */
@Isolated("it checks that nothing is logged")
class LeavingClientTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(ImpatientService.class, "food");

    private enum Departure {
        CLOSE {
            @Override
            void of(RawConnection connection) throws IOException {
                connection.close();
            }
        },
        RESET {
            @Override
            void of(RawConnection connection) throws IOException {
                connection.reset();
            }
        };

        abstract void of(RawConnection connection) throws IOException;
    }

    private final LogLines log = LogLines.record();

    @AfterEach
    void stopRecording() {
        log.close();
    }

    @ParameterizedTest
    @EnumSource
    void whileItSendsTheHead(Departure departure) throws IOException {
        departure.of(new RawConnection(service.url()).send("GET /work HTTP/1.1\r\nHost:"));

        await().untilAsserted(() ->
                assertThat(log.debug()).anyMatch(line -> line.endsWith("was closed within the headers of a request")));

        onlyAccessLinesAre("/work");
    }

    @ParameterizedTest
    @EnumSource
    void whileTheBodyIsRead(Departure departure) throws IOException {
        departure.of(
                new RawConnection(service.url())
                        .send(
                                "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"));

        onlyAccessLinesAre("/echo", "POST /echo 499");
        assertThat(service.scrape().value("http_server_request_duration_seconds_count", "outcome=\"aborted\""))
                .isPositive();
        assertThat(service.scrape().text()).doesNotContain("http_response_status_code=\"499\"");
    }

    @ParameterizedTest
    @EnumSource
    void whileTheBodyIsIncompleteAndNobodyReadsIt(Departure departure) throws Exception {
        var connection = new RawConnection(service.url())
                .send("POST /unread HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{");
        ImpatientService.await(ImpatientService.begun);
        departure.of(connection);
        ImpatientService.await(ImpatientService.cancelled);

        onlyAccessLinesAre("/unread", "POST /unread 499");
    }

    @ParameterizedTest
    @EnumSource
    void whileTheWorkRuns(Departure departure) throws Exception {
        for (var method : List.of("GET", "HEAD", "POST")) {
            var connection = new RawConnection(service.url())
                    .send(
                            method
                                    + " /work HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            ImpatientService.await(ImpatientService.begun);
            departure.of(connection);
            ImpatientService.await(ImpatientService.cancelled);
        }

        onlyAccessLinesAre("/work", "GET /work 499", "HEAD /work 499", "POST /work 499");
    }

    @ParameterizedTest
    @EnumSource
    void whileTheResponseIsWritten(Departure departure) throws Exception {
        var connection = new RawConnection(service.url()).send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
        ImpatientService.await(ImpatientService.begun);
        assertThat(connection.status()).isEqualTo(200);
        departure.of(connection);
        ImpatientService.await(ImpatientService.cancelled);

        onlyAccessLinesAre("/stream", "GET /stream 200");
    }

    @ParameterizedTest
    @EnumSource
    void whileAFileIsSent(Departure departure) throws Exception {
        var file = "/swagger-ui/swagger-ui-bundle.js";
        for (int n = 0; n < 20; n++) {
            var connection = new RawConnection(service.url())
                    .send(("GET " + file + " HTTP/1.1\r\nHost: localhost\r\n\r\n").repeat(20));
            assertThat(connection.status()).isEqualTo(200);
            departure.of(connection);
        }

        // The requests that waited behind the first one of their connection were never begun.
        await().atMost(ofSeconds(5))
                .untilAsserted(() -> assertThat(log.access(file)).hasSizeGreaterThanOrEqualTo(20));
        assertThat(log.warnings()).isEmpty();
        assertThat(log.access(file)).isSubsetOf("GET " + file + " 200", "GET " + file + " 499");
    }

    @Test
    void everyOtherRequestHasOneAccessLineToo() throws Exception {
        try (var connection = new RawConnection(service.url())) {
            for (var request : List.of(
                    "GET /openapi.yaml",
                    "HEAD /livez",
                    "GET /absent",
                    "POST /swagger-ui.html",
                    "DELETE /echo",
                    "OPTIONS /preflight")) {
                connection.send(request
                        + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nOrigin: http://elsewhere.example\r\n"
                        + "Access-Control-Request-Method: PUT\r\n\r\n");
                if (request.startsWith("HEAD")) {
                    connection.head();
                } else {
                    connection.status();
                }
            }
        }

        assertThat(log.access("/openapi.yaml")).containsExactly("GET /openapi.yaml 200");
        assertThat(log.access("/livez")).containsExactly("HEAD /livez 200");
        assertThat(log.access("/absent")).containsExactly("GET /absent 404");
        assertThat(log.access("/swagger-ui.html")).containsExactly("POST /swagger-ui.html 403");
        assertThat(log.access("/echo")).containsExactly("DELETE /echo 403");
        assertThat(log.access("/preflight")).containsExactly("OPTIONS /preflight 403");
    }

    private void onlyAccessLinesAre(String path, String... lines) {
        await().atMost(ofSeconds(5))
                .untilAsserted(() -> assertThat(log.access(path)).containsExactly(lines));
        assertThat(log.warnings()).isEmpty();
    }
}
