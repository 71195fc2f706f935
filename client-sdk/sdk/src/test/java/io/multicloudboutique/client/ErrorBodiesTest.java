package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.answer;
import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.errors.NotFoundException;
import io.multicloudboutique.client.errors.ProblemException;
import io.multicloudboutique.client.errors.ServerException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Unusual responses, most of them from proxies, and what the exceptions show of them. */
class ErrorBodiesTest {

    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"}""";

    private static final String NOT_FOUND =
            "{\"code\":\"not-found\",\"status\":404,\"detail\":\"No product has the id A.\"}";

    private ScriptedServer server;
    private BoutiqueClient client;

    private BoutiqueClient client(Step step) {
        server = new ScriptedServer(step);
        client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .maxRetries(0)
                .build();
        return client;
    }

    private <E extends ProblemException> E failure(Class<E> type, Step step) {
        return catchThrowableOfType(type, () -> client(step).inventory().getProduct("A"));
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        server.close();
    }

    private static Step bytes(int status, String contentType, byte[] body, String... headers) {
        return (request, out, socket) -> {
            var head = "HTTP/1.1 " + status + " .\r\nConnection: close\r\nContent-Length: " + body.length
                    + "\r\nContent-Type: " + contentType + "\r\n";
            for (var header : headers) {
                head += header + "\r\n";
            }
            out.write((head + "\r\n").getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
        };
    }

    private static byte[] gzip(String text) throws IOException {
        var compressed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(compressed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return compressed.toByteArray();
    }

    static Stream<Arguments> pagesOfProxies() {
        return Stream.of(
                arguments("""
                        <html>\r
                        <head><title>502 Bad Gateway</title></head>\r
                        <body>\r
                        <center><h1>502 Bad Gateway</h1></center>\r
                        <hr><center>nginx</center>\r
                        """, "502 Bad Gateway"),
                arguments(
                        "<!doctype html><html lang=\"en\"><head><title>HTTP Status 502</title><style>a {b: c}</style>",
                        "HTTP Status 502"),
                arguments("<html><body><h1>503 Service Unavailable</h1>\nNo server\n", "503 Service Unavailable"),
                arguments("\n\n  upstream connect error\nreset reason: overflow", "upstream connect error"),
                arguments("{\"error\":\"x\"}", "{\"error\":\"x\"}"),
                arguments("a\tb\u001b[31mc\u0000d\u202ee", "a b [31mc d e"),
                arguments("x".repeat(300), "x".repeat(200) + "…"),
                arguments("\ud83d\ude00".repeat(300), "\ud83d\ude00".repeat(100) + "…"),
                arguments("<title>".repeat(3_000), "the response may come from a proxy"));
    }

    @ParameterizedTest
    @MethodSource("pagesOfProxies")
    void theMessageShowsTheFirstLineOfAResponseWithoutProblemDetails(String page, String line) {
        var failure = failure(ServerException.class, answer(502, "text/html", page));

        var shown = line.startsWith("the response") ? line : "\"" + line + "\"";
        assertThat(failure).hasMessageEndingWith(" failed: 502 without problem details: " + shown);
        assertThat(page).startsWith(failure.body());
        assertThat(failure.body()).isNotEmpty();
        assertThat(failure.answer().body()).isEqualTo(failure.body());
        assertThat(failure.answer().toString()).doesNotContain(failure.body());
    }

    @Test
    void aProblemHasItsBodyToo() {
        var failure = failure(NotFoundException.class, answer(404, "application/problem+json", NOT_FOUND));

        assertThat(failure.body()).isEqualTo(NOT_FOUND);
    }

    @Test
    void aBodyIsCutAfter8KibibytesBetweenTwoCharacters() {
        var failure = failure(ServerException.class, answer(500, "text/plain", "x" + "ä".repeat(20_000)));

        assertThat(failure.body()).isEqualTo("x" + "ä".repeat(4095));
    }

    @Test
    void anErrorOfAnySizeKeepsItsStatus() {
        var failure = failure(ServerException.class, answer(502, "text/plain", "x".repeat(17 * 1024 * 1024)));

        assertThat(failure.status()).contains(502);
        assertThat(failure.body()).hasSize(8192);
    }

    @ParameterizedTest
    @CsvSource({"ISO-8859-1, iso-8859-1", "UTF-8, UTF-8", "UTF-8, foo", "UTF-8, ':'", "UTF-16, utf-16"})
    void theBodyOfAnErrorIsReadInItsCharset(String sent, String labelled) {
        var failure = failure(
                ServerException.class,
                bytes(502, "text/plain; Charset=\"" + labelled + "\"", "zurück".getBytes(Charset.forName(sent))));

        assertThat(failure.body()).isEqualTo("zurück");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "'utf-8'", "iso-8859-1", "\"", ":"})
    void aSuccessInAnotherCharsetThanUtf8IsAServerException(String charset) {
        var failure = failure(ServerException.class, answer(200, "application/json;charset=" + charset, PRODUCT));

        assertThat(failure)
                .hasMessageEndingWith(
                        "200, but the body is application/json;charset=" + charset + ", not JSON in UTF-8");
        assertThat(failure.body()).isEqualTo(PRODUCT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";charset=utf-8",
                "; charset=\"UTF-8\"",
                ";CHARSET=Utf8",
                ";charset=",
                "; odata=x ; charset=utf-8",
                ";",
                " ; x=y"
            })
    void aSuccessInUtf8IsRead(String parameters) {
        var product = client(answer(200, "Application/JSON" + parameters, PRODUCT))
                .inventory()
                .getProduct("A");

        assertThat(product.name()).isEqualTo("Lamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "'utf-8'", "\"utf-8\"", "iso-8859-1"})
    void aProblemIsReadWhateverItsCharsetIs(String charset) {
        var failure =
                failure(NotFoundException.class, answer(404, "application/problem+json;charset=" + charset, NOT_FOUND));

        assertThat(failure).hasMessageEndingWith("404 not-found: No product has the id A.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/jsonp", "application/json-seq", "application/json, text/html", "text/json"})
    void aSuccessOfAnotherMediaTypeIsAServerException(String contentType) {
        assertThat(failure(ServerException.class, answer(200, contentType, "<title>Sign in</title>")))
                .hasMessageEndingWith("200, but the body is " + contentType + ", not JSON in UTF-8");
    }

    @Test
    void aLoginPageInsteadOfJsonIsQuoted() {
        assertThat(failure(ServerException.class, answer(200, "text/html", "<title>Sign in</title>")))
                .hasMessageEndingWith("200, but the body is text/html, not JSON in UTF-8: \"Sign in\"");
    }

    @Test
    void aByteOrderMarkIsIgnored() {
        assertThat(client(json(200, "\ufeff" + PRODUCT))
                        .inventory()
                        .getProduct("A")
                        .name())
                .isEqualTo("Lamp");
    }

    @Test
    void textThatIsNotUtf8IsAServerException() {
        var body = PRODUCT.replace("Lamp", "L\u00e4mp").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(failure(ServerException.class, bytes(200, "application/json", body)))
                .hasMessageContaining("200, but the body does not match the contract");
    }

    @Test
    void aCompressedSuccessIsAServerException() throws IOException {
        assertThat(failure(
                        ServerException.class, bytes(200, "application/json", gzip(PRODUCT), "Content-Encoding: gzip")))
                .hasMessageEndingWith("200, but the body is compressed (gzip), which the SDK does not accept");
    }

    @Test
    void aCompressedErrorHasNoText() throws IOException {
        var failure = failure(ServerException.class, bytes(502, "text/html", gzip("<html>"), "Content-Encoding: gzip"));

        assertThat(failure).hasMessageEndingWith("502 without problem details: the response may come from a proxy");
        assertThat(failure.body()).isEmpty();
    }

    @Test
    void controlCharactersOfADetailAreNotInTheMessage() {
        var failure = failure(
                NotFoundException.class,
                answer(
                        404,
                        "application/problem+json",
                        "{\"code\":\"not-found\",\"status\":404,\"detail\":\"a\\nb\\u001b[31m\"}"));

        assertThat(failure).hasMessageEndingWith("404 not-found: a b [31m");
        assertThat(failure.problem().orElseThrow().detail()).isEqualTo("a\nb\u001b[31m");
    }

    @ParameterizedTest
    @ValueSource(strings = {",\"violations\":[null,{}]", ",\"shortages\":[null]", ",\"violations\":null"})
    void aProblemWithMissingPartsIsStillAProblem(String more) {
        assertThat(failure(ProblemException.class, problem(400, "validation-failed", more)))
                .hasMessageEndingWith("400 validation-failed: Something went wrong.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "null", "[]", "{\"status\":\"unhealthy\"}", "{\"status\":\"unhealthy\",\"service\":\"x\"}"
            })
    void anIncompleteHealthIsAServerException(String health) {
        var failure = catchThrowableOfType(
                ServerException.class,
                () -> client(json(503, health)).inventory().getHealth());

        assertThat(failure).hasMessageEndingWith("503 without problem details: \"" + health + "\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 202, 203, 204, 205, 206, 299, 300, 301, 304, 307, 308, 500, 599, 600, 999})
    void aResponseWithoutABodyHasAnEmptyBody(int status) {
        var failure = failure(ServerException.class, answer(status, "", "", "Location: https://elsewhere.example"));

        assertThat(failure.status()).contains(status);
        assertThat(failure.body()).isEmpty();
    }
}
