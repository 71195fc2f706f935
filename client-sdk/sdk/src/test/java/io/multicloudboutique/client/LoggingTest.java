package io.multicloudboutique.client;

import static io.multicloudboutique.client.ScriptedServer.json;
import static io.multicloudboutique.client.ScriptedServer.problem;
import static io.multicloudboutique.client.ScriptedServer.reset;
import static io.multicloudboutique.client.ScriptedServer.truncatedBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multicloudboutique.client.AttemptResult.Repetition;
import io.multicloudboutique.client.ScriptedServer.Step;
import io.multicloudboutique.client.crm.CustomerQuery;
import io.multicloudboutique.client.errors.AuthenticationException;
import io.multicloudboutique.client.errors.BoutiqueException;
import io.multicloudboutique.client.errors.InterruptedCallException;
import io.multicloudboutique.client.errors.ProblemException;
import io.multicloudboutique.client.errors.ServerException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoggingTest {

    private static final String PRODUCT = """
            {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
            "lastUpdated":"2026-01-20T10:30:00.125Z"}""";
    private static final Step UNAVAILABLE = problem(503, "unavailable", "");

    private final Captured log = new Captured();
    private final List<AutoCloseable> open = new ArrayList<>();

    /** Captures log lines of every level. */
    private static final class Captured implements System.Logger {

        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public String getName() {
            return "captured";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            lines.add(level + " " + message + " " + stackTrace(thrown));
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... params) {
            lines.add(level + " " + format + (params == null ? "" : " " + List.of(params)));
        }
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @AfterEach
    void close() throws Exception {
        for (var resource : open) {
            resource.close();
        }
    }

    private ScriptedServer server(Step... steps) {
        var server = new ScriptedServer(steps);
        open.add(server);
        return server;
    }

    private BoutiqueClient client(ScriptedServer server) {
        var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .baseUrl(BoutiqueService.CRM, server.url())
                .sleeper(pause -> {})
                .logger(log)
                .build();
        open.add(client);
        return client;
    }

    @Test
    void eachAttemptIsLoggedInOneLineWithItsResult() {
        // The second step truncates the body, because a reset would be invisible: the JDK's HTTP client itself repeats
        // a GET if the connection closes before the response starts.
        var server = server(UNAVAILABLE, truncatedBody(), json(200, PRODUCT));

        client(server).inventory().getProduct("A");

        var id = server.requests().get(0).header("X-Request-Id");
        var call = "DEBUG inventory getProduct: GET " + server.url() + "/inventory/A, attempt %d, request " + id + ": ";
        assertThat(log.lines).hasSize(3);
        assertThat(log.lines.get(0)).startsWith(call.formatted(1)).matches(".*: 503 in [0-9]+ ms, retry in [0-9]+ ms");
        assertThat(log.lines.get(1))
                .startsWith(call.formatted(2))
                .matches(".*: no response \\(.+Exception.*\\) in [0-9]+ ms, retry in [0-9]+ ms");
        assertThat(log.lines.get(2)).startsWith(call.formatted(3)).matches(".*: 200 in [0-9]+ ms");
    }

    @Test
    void theReasonForNotRetryingIsLogged() {
        var server = server(UNAVAILABLE);
        var client = client(server);

        assertThatThrownBy(() -> client.withOptions(options -> options.maxRetries(1))
                        .inventory()
                        .getProduct("A"))
                .isInstanceOf(ServerException.class);
        assertThat(log.lines.get(1)).endsWith(" ms, no retry: no retries left");

        log.lines.clear();
        assertThatThrownBy(() -> client(server(problem(503, "unavailable", "", "Retry-After: 60")))
                        .inventory()
                        .getProduct("A"))
                .isInstanceOf(ServerException.class);
        assertThat(log.lines).singleElement().asString().endsWith(" ms, no retry: the total timeout would be exceeded");

        log.lines.clear();
        assertThatThrownBy(() -> client.withOptions(options -> options.maxRetries(10))
                        .inventory()
                        .getProduct("A"))
                .isInstanceOf(ServerException.class);
        assertThat(log.lines.get(log.lines.size() - 1))
                .endsWith(" ms, no retry: too many calls to this service were retried recently");
    }

    @Test
    void aFinalResponseIsLoggedWithoutAReason() {
        assertThatThrownBy(() -> client(server(problem(404, "not-found", "")))
                        .inventory()
                        .getProduct("A"))
                .isInstanceOf(BoutiqueException.class);

        assertThat(log.lines).singleElement().asString().matches(".*: 404 in [0-9]+ ms");
    }

    @Test
    void anInterruptIsLogged() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() ->
                        client(server(ScriptedServer.silence())).inventory().getProduct("A"))
                .isInstanceOf(InterruptedCallException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(log.lines).singleElement().asString().contains(": no response (InterruptedException)");
    }

    static List<Step> responsesAndFailures() {
        return List.of(
                json(
                        200,
                        "[]",
                        "Link: </customers?email=jane%40secret.example&cursor=x>; rel=\"next\"",
                        "Next-Cursor: x"),
                json(200, "{\"surname\":\"jane\"}", "Link: </customers?email=jane%40secret.example>; rel=\"next\""),
                json(200, "[{\"id\":\"x\"}]", "Set-Cookie: session=secret"),
                problem(401, "unauthenticated", "", "Set-Cookie: session=secret"),
                problem(400, "validation-failed", ""),
                UNAVAILABLE,
                ScriptedServer.answer(502, "text/html", "<html>", "Link: <?email=jane@secret.example>"),
                truncatedBody(),
                ScriptedServer.silence(),
                reset());
    }

    @ParameterizedTest
    @MethodSource("responsesAndFailures")
    void logsAndExceptionsContainNoSecretsOrPersonalData(Step step) {
        var server = server(step);
        var texts = new ArrayList<String>();
        var client = client(server)
                .withOptions(options -> options.apiKey("the-secret-{key}")
                        .apiKey(BoutiqueService.CRM, "the-secret-{}")
                        .token(() -> "the-secret-token")
                        .attemptTimeout(Duration.ofMillis(200))
                        .addAttemptListener(attempt -> {
                            texts.add(attempt.toString() + attempt.url());
                            return result -> texts.add(result.toString());
                        })
                        .addAttemptListener(attempt -> {
                            throw new IllegalStateException("to be logged, with the attempt: " + attempt);
                        }));

        var failure = catchThrowable(() -> client.crm()
                .listCustomers(CustomerQuery.all().withEmail("jane@secret.example"))
                .first());

        if (failure != null) {
            texts.add(stackTrace(failure));
            texts.add(((BoutiqueException) failure).call().toString());
        }
        if (failure instanceof ProblemException problem) {
            texts.add(problem.answer().toString());
        }
        texts.add(client.toString());
        assertThat(server.requests()).isNotEmpty().allSatisfy(sent -> {
            assertThat(sent.target()).contains("email=jane%40secret.example");
            assertThat(sent.headers())
                    .containsAllEntriesOf(
                            Map.of("X-API-Key", "the-secret-{}", "Authorization", "Bearer the-secret-token"));
        });
        assertThat(log.lines).hasSizeGreaterThanOrEqualTo(2);
        assertThat(texts).hasSizeGreaterThanOrEqualTo(2);
        assertThat(texts).noneMatch(text -> text.contains("secret") || text.contains("jane"));
        assertThat(log.lines).noneMatch(text -> text.contains("secret") || text.contains("jane"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "the secret", "secret\nline", "schlüssel-secret"})
    void anInvalidTokenIsRejectedWithoutShowingIt(String token) {
        var server = server(json(200, PRODUCT));

        var failure = catchThrowable(() -> client(server)
                .withOptions(options -> options.token(() -> token))
                .inventory()
                .getProduct("A"));

        assertThat(failure).isInstanceOf(IllegalStateException.class).hasMessageStartingWith("The token supplier");
        assertThat(stackTrace(failure)).doesNotContain("secret");
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://user:secret@crm.example",
                "http://secret@crm.example",
                "http://crm.example?key=secret",
                "http://user:secret@crm_example",
                "http://user:secret@crm example"
            })
    void credentialsInAUrlAreRejectedWithoutShowingThem(String url) {
        var failure = catchThrowable(() -> BoutiqueClient.builder().baseUrl(BoutiqueService.CRM, url));

        assertThat(failure).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("base URL of crm");
        assertThat(stackTrace(failure)).doesNotContain("secret");
    }

    @Test
    void listenersAreCalledInOrderAndAFailingListenerHasNoEffect() {
        var server = server(UNAVAILABLE, json(200, PRODUCT));
        var events = new ArrayList<String>();
        var client = client(server)
                .withOptions(options -> options.addAttemptListener(attempt -> {
                            events.add("begin " + attempt.number());
                            return result -> {
                                events.add("end " + result.repetition());
                                throw new IllegalStateException("a listener's own failure");
                            };
                        })
                        .addAttemptListener(attempt -> {
                            events.add(
                                    "second " + attempt.service() + " " + attempt.operation() + " " + attempt.method());
                            return result ->
                                    events.add("second " + result.status().orElseThrow());
                        }));

        assertThat(client.inventory().getProduct("A").name()).isEqualTo("Lamp");

        assertThat(events)
                .containsExactly(
                        "begin 1",
                        "second inventory getProduct GET",
                        "end " + Repetition.FOLLOWS,
                        "second 503",
                        "begin 2",
                        "second inventory getProduct GET",
                        "end " + Repetition.NONE,
                        "second 200");
        assertThat(log.lines)
                .filteredOn(line -> line.startsWith("WARNING "))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("a listener's own failure"));
    }

    @Test
    void aListenerCanAddHeadersToAnAttempt() {
        var server = server(UNAVAILABLE, json(200, PRODUCT));
        var client = client(server)
                .withOptions(options -> options.apiKey("key").addAttemptListener(attempt -> {
                    attempt.header("traceparent", "replaced");
                    attempt.header("Traceparent", "00-" + attempt.number());
                    return result -> {};
                }));

        client.inventory().getProduct("A");

        assertThat(server.requests())
                .extracting(sent -> sent.header("traceparent"))
                .containsExactly("00-1", "00-2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-api-key", "X-REQUEST-ID", "User-Agent", "Host", "bad name"})
    void aListenerCannotReplaceTheHeadersOfTheSdk(String name) {
        var server = server(json(200, PRODUCT));
        var rejected = new ArrayList<Exception>();
        var client = client(server)
                .withOptions(options -> options.apiKey("key").addAttemptListener(attempt -> {
                    rejected.add(
                            catchThrowableOfType(IllegalArgumentException.class, () -> attempt.header(name, "other")));
                    return result -> {};
                }));

        client.inventory().getProduct("A");

        assertThat(rejected).singleElement().isNotNull();
        assertThat(server.requests().get(0).headers()).doesNotContainValue("other");
    }

    @Test
    void theClientWorksWithoutAConfiguredLogger() {
        var server = server(problem(401, "unauthenticated", ""));
        try (var client = BoutiqueClient.builder()
                .baseUrl(BoutiqueService.INVENTORY, server.url())
                .build()) {
            assertThatThrownBy(() -> client.inventory().getProduct("A")).isInstanceOf(AuthenticationException.class);
        }
    }
}
