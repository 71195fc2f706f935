package io.multicloudboutique.support.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multicloudboutique.support.http.RawConnection.Response;
import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that violate HTTP, or that most HTTP clients do not let a program send. */
@Isolated("it checks that nothing is logged")
class UnreadableRequestTest {

    @RegisterExtension
    static final RunningService service = RunningService.of(ImpatientService.class, "food");

    private static final String ID = "6f1a6a6c-62c5-4d2c-9a3e-0f6f3f0b8d5e";
    private static final String JSON = "Host: a\r\nContent-Type: application/json\r\n";
    private static final String CHUNKED = JSON + "Transfer-Encoding: chunked\r\n\r\n";

    private final LogLines log = LogLines.record();

    @AfterEach
    void stopRecording() {
        log.close();
    }

    static Stream<Arguments> violations() {
        var unread = "- /- ";
        var read = "GET /livez ";
        return Stream.of(
                arguments("a long query", get("/livez?" + "a".repeat(9_000)), 414, "uri-too-long", unread),
                arguments("a very long query", get("/livez?" + "a".repeat(3_000_000)), 414, "uri-too-long", unread),
                arguments("a long header", headers("A: " + "a".repeat(9_000)), 431, "headers-too-large", read),
                arguments(
                        "many headers",
                        headers("Cookie: " + "a".repeat(90) + "\r\n", 100),
                        431,
                        "headers-too-large",
                        read),
                arguments("very long headers", headers("A: " + "a".repeat(3_000_000)), 431, "headers-too-large", read),
                arguments("a space in the path", get("/a b"), 400, "malformed-request", unread),
                arguments("no version", "GET /livez\r\n\r\n", 400, "malformed-request", unread),
                arguments("a version that is no number", "GET /livez HTTP/x\r\n\r\n", 400, "malformed-request", unread),
                arguments("version 2.0", "GET /livez HTTP/2.0\r\nHost: a\r\n\r\n", 400, "malformed-request", read),
                arguments("version 3.7", "GET /livez HTTP/3.7\r\nHost: a\r\n\r\n", 400, "malformed-request", read),
                arguments("the TLS protocol", "\u0016\u0003\u0001\u0002\r\n\r\n", 400, "malformed-request", unread),
                arguments("a header without a colon", headers("A"), 400, "malformed-request", read),
                arguments("a header with a space in its name", headers("A : b"), 400, "malformed-request", read),
                arguments("NUL in a header", headers("A: b\0c"), 400, "malformed-request", read),
                arguments("a negative length", headers("Content-Length: -1"), 400, "malformed-request", read),
                arguments(
                        "two lengths",
                        headers("Content-Length: 1\r\nContent-Length: 2"),
                        400,
                        "malformed-request",
                        read),
                arguments(
                        "a length and chunks",
                        headers("Content-Length: 1\r\nTransfer-Encoding: chunked"),
                        400,
                        "malformed-request",
                        read),
                arguments(
                        "compressed chunks",
                        headers("Transfer-Encoding: gzip, chunked"),
                        400,
                        "malformed-request",
                        read),
                arguments("no Host", "GET /livez HTTP/1.1\r\n\r\n", 400, "malformed-request", read),
                arguments("two Hosts", headers("Host: a"), 400, "malformed-request", read),
                arguments("an empty Host", host(""), 400, "malformed-request", read),
                arguments("a URL as Host", host("http://a"), 400, "malformed-request", read),
                arguments("a Host with a word as port", host("a:b"), 400, "malformed-request", read),
                arguments("a Host with half an address", host("[::1"), 400, "malformed-request", read),
                arguments("a path that is not UTF-8", get("/livez%FF"), 400, "malformed-request", "GET /livez%FF "),
                arguments("a query that is not UTF-8", get("/livez?q=%C3%28"), 400, "malformed-request", read),
                arguments("an invalid forwarded port", headers("X-Forwarded-Port: a"), 400, "malformed-request", read),
                arguments(
                        "an invalid forwarded host", headers("Forwarded: host=\"[\""), 400, "malformed-request", read));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void violations(String mistake, String request, int status, String code, String line) throws IOException {
        var metric = "http_response_status_code=\"" + status + "\"";
        var before = service.scrape().value("http_server_request_duration_seconds_count", metric);

        try (var connection = new RawConnection(service.url()).send(request)) {
            var response = connection.response();

            var problem = problem(response, status, code);
            assertThat(problem.path("instance").asString()).isEqualTo("urn:uuid:" + response.header("X-Request-Id"));
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(connection.isClosedByServer()).isTrue();
        }

        assertThat(log.access(line.split(" ")[1])).containsExactly(line + status);
        assertThat(log.warnings()).isEmpty();
        assertThat(service.scrape().value("http_server_request_duration_seconds_count", metric))
                .isEqualTo(before + 1);
    }

    @Test
    void aRejectedRequestKeepsItsId() throws IOException {
        var request = "GET /livez HTTP/1.1\r\nHost: a\r\nX-Request-Id: " + ID + "\r\nB: b\r\nA: " + "a".repeat(9_000)
                + "\r\n\r\n";

        assertThat(exchange(request).header("X-Request-Id")).isEqualTo(ID);
    }

    @Test
    void theResponseToAnEarlierRequestOfTheConnectionIsSent() throws IOException {
        try (var connection = new RawConnection(service.url()).send(get("/livez") + "GET /livez HTTP/x\r\n\r\n")) {
            assertThat(connection.status()).isEqualTo(200);
            assertThat(connection.status()).isEqualTo(400);
            assertThat(connection.isClosedByServer()).isTrue();
        }
    }

    @Test
    void everyRequestOfAConnectionNeedsAValidHost() throws IOException {
        try (var connection = new RawConnection(service.url()).send(get("/livez") + get("/livez") + host("http://a"))) {
            assertThat(connection.response().status()).isEqualTo(200);
            assertThat(connection.response().status()).isEqualTo(200);
            problem(connection.response(), 400, "malformed-request");
        }
    }

    /** Browsers and command lines send these characters as they are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '~',
            value = {
                "a|b a|b",
                "{a} {a}",
                "[a] [a]",
                "a^b a^b",
                "a\"b a\"b",
                "a\\b a\\b",
                "a`b a`b",
                "<a> <a>",
                "a#b a#b",
                "100% 100%",
                "100%zz 100%zz",
                "100%2 100%2",
                "%7C| ||",
                "é é",
                "a\u00a0b a\u00a0b",
                "%C3%A9| é|"
            })
    void charactersThatShouldBePercentEncodedAreRead(String sent, String read) throws IOException {
        var response = exchange(get("/said/" + sent + "?q=" + sent));

        assertThat(response.status()).isEqualTo(200);
        var said = JsonMapper.shared().readTree(response.body());
        assertThat(said.path("path").asString()).isEqualTo(read);
        assertThat(said.path("query").asString()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "GET http://elsewhere.example/livez HTTP/1.1, Host: a",
        "GET http://[::1]:80/livez?a|b HTTP/1.1, Host: a",
        "GET /livez HTTP/1.2, Host: a",
        "GET /livez HTTP/1.1, Host: [::1]:8080",
        "GET /livez HTTP/1.1, Host: food_1.example:8080",
        "GET /livez HTTP/1.0, A: b"
    })
    void unusualRequestsAreServed(String line, String header) throws IOException {
        assertThat(exchange(line + "\r\n" + header + "\r\n\r\n").head()).matches("(?s)HTTP/1\\.[01] 200 .*");
    }

    @ParameterizedTest
    @CsvSource({"'zz\r\n'", "'7\r\n{\"a\":1}\r\nzz\r\n'", "'7\r\n{\"a\":1}zz'"})
    void aBodyThatIsNoSequenceOfChunksIsRejected(String chunks) throws IOException {
        try (var connection = new RawConnection(service.url()).send("POST /echo HTTP/1.1\r\n" + CHUNKED + chunks)) {
            problem(connection.response(), 400, "malformed-request");
            assertThat(connection.isClosedByServer()).isTrue();
        }

        assertThat(log.access("/echo")).containsExactly("POST /echo 400");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void aRequestHasOneResponseEvenIfItsBodyCannotBeRead() throws IOException {
        try (var connection = new RawConnection(service.url()).send("POST /absent HTTP/1.1\r\n" + CHUNKED)) {
            assertThat(connection.status()).isEqualTo(404);
            assertThat(connection.send("zz\r\n").isClosedByServer()).isTrue();
        }

        assertThat(log.access("/absent")).containsExactly("POST /absent 404");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void trailersOfChunksAreIgnored() throws IOException {
        assertThat(exchange("POST /echo HTTP/1.1\r\n" + CHUNKED + "7\r\n{\"a\":1}\r\n0\r\nA: b\r\n\r\n")
                        .status())
                .isEqualTo(200);
    }

    static Stream<Arguments> largeValues() {
        return Stream.of(
                arguments("{\"a\":" + "[".repeat(501) + "]".repeat(501) + "}", "is nested deeper than 500 levels"),
                arguments("{\"a\":" + "1".repeat(1001) + "}", "contains a number of more than 1000 characters"),
                arguments("{\"" + "a".repeat(50_001) + "\":1}", "contains a field name of more than 50000 characters"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource
    void largeValues(String body, String limit) throws IOException {
        var response =
                exchange("POST /echo HTTP/1.1\r\n" + JSON + "Content-Length: " + body.length() + "\r\n\r\n" + body);

        assertThat(problem(response, 400, "malformed-request").path("detail").asString())
                .startsWith("The body " + limit);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /livez, 'GET,HEAD,OPTIONS'",
        "TRACE /livez, 'GET,HEAD,OPTIONS'",
        "UNKNOWN /livez, 'GET,HEAD,OPTIONS'",
        "DELETE /swagger-ui/index.html, 'GET,HEAD,OPTIONS'"
    })
    void anUnsupportedMethodGetsTheListOfTheSupportedOnes(String request, String allowed) throws IOException {
        var response = exchange(request + " HTTP/1.1\r\nHost: a\r\n\r\n");

        problem(response, 405, "method-not-allowed");
        assertThat(response.header("Allow")).isEqualTo(allowed);
        for (var method : allowed.split(",")) {
            var path = request.split(" ")[1];
            try (var connection =
                    new RawConnection(service.url()).send(method + " " + path + " HTTP/1.1\r\nHost: a\r\n\r\n")) {
                assertThat(connection.head()).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void theServiceListensOnBothLoopbackAddresses() throws IOException {
        assumeThat(hasIpv6()).as("this machine has IPv6").isTrue();
        for (var server : new URI[] {service.url(), service.managementUrl()}) {
            try (var connection = new RawConnection(URI.create("http://[::1]:" + server.getPort()))) {
                var path = server.equals(service.url()) ? "/livez" : "/actuator/prometheus";
                assertThat(connection.send(get(path)).status()).isEqualTo(200);
            }
        }
    }

    private static boolean hasIpv6() throws IOException {
        return NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1"))
                .inetAddresses()
                .anyMatch(Inet6Address.class::isInstance);
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    private static String host(String host) {
        return "GET /livez HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    private static String headers(String headers) {
        return "GET /livez HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n\r\n";
    }

    private static String headers(String header, int times) {
        return "GET /livez HTTP/1.1\r\nHost: localhost\r\n" + header.repeat(times) + "\r\n";
    }

    private static Response exchange(String request) throws IOException {
        try (var connection = new RawConnection(service.url())) {
            return connection.send(request).response();
        }
    }

    private static JsonNode problem(Response response, int status, String code) {
        assertThat(response.status()).as(response.toString()).isEqualTo(status);
        assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
        var problem = JsonMapper.shared().readTree(response.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        return problem;
    }
}
