package io.multicloudboutique.contracts.provider;

import static org.assertj.core.api.Assertions.assertThat;

import au.com.dius.pact.provider.junit5.PactVerificationContext;
import au.com.dius.pact.provider.junitsupport.State;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.multicloudboutique.testing.RunningService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A verifier that is not Pact-JVM: the {@code pact} program that {@code PACT_VERIFIER} names. It asks for the states
 * over HTTP, and the same methods make them true.
 */
final class AnotherVerifier implements ParameterResolver {

    private static final Path REPORTS = Path.of("target", "another-verifier");

    /** @param emptying removes everything, before the first interaction and after each */
    static void verify(ProviderTest test, RunningService service, Runnable emptying)
            throws IOException, InterruptedException {
        emptying.run();
        var states = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        states.createContext("/", exchange -> answer(exchange, test, emptying));
        states.start();
        try {
            var command = new ArrayList<>(List.of(
                    System.getenv("PACT_VERIFIER"),
                    "verifier",
                    "--no-colour",
                    "--hostname=" + service.url().getHost(),
                    "--port=" + service.url().getPort(),
                    "--provider-name=" + service.name(),
                    "--state-change-url=http://127.0.0.1:" + states.getAddress().getPort(),
                    "--state-change-teardown"));
            try (var pacts = Files.newDirectoryStream(Path.of("..", "pacts"), "*-" + service.name() + ".json")) {
                pacts.forEach(pact -> command.add("--file=" + pact));
            }
            var report = Files.createDirectories(REPORTS).resolve(service.name() + ".txt");
            var verifier = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(report.toFile());
            // It tells its makers about each run, too.
            verifier.environment().put("PACT_DO_NOT_TRACK", "true");
            var exitCode = verifier.start().waitFor();
            assertThat(exitCode).as(Files.readString(report)).isZero();
        } finally {
            states.stop(0);
        }
    }

    private static void answer(HttpExchange exchange, ProviderTest test, Runnable emptying) throws IOException {
        try (exchange) {
            var status = 200;
            var answer = "{}";
            try {
                var change = JsonMapper.shared().readTree(exchange.getRequestBody());
                if (change.path("action").asString("").equals("teardown")) {
                    emptying.run();
                } else {
                    answer = JsonMapper.shared().writeValueAsString(makeTrue(test, change));
                }
            } catch (RuntimeException | AssertionError e) {
                status = 500;
                answer = JsonMapper.shared().writeValueAsString(Map.of("failure", e.toString()));
            }
            var bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, Object> makeTrue(ProviderTest test, JsonNode change) {
        var state = change.path("state").asString("");
        var values = new HashMap<String, Object>();
        if (state.isEmpty()) { // of an interaction without states
            return values;
        }
        var methods =
                AnnotationSupport.findAnnotatedMethods(test.getClass(), State.class, HierarchyTraversalMode.TOP_DOWN)
                        .stream()
                        .filter(method -> List.of(
                                        method.getAnnotation(State.class).value())
                                .contains(state))
                        .toList();
        assertThat(methods).as("The methods that make true that " + state).isNotEmpty();
        for (var method : methods) {
            var made = method.getParameterCount() == 0
                    ? ReflectionSupport.invokeMethod(method, test)
                    : ReflectionSupport.invokeMethod(
                            method, test, JsonMapper.shared().convertValue(change.path("params"), Map.class));
            if (made instanceof Map<?, ?> more) {
                more.forEach((name, value) -> values.put((String) name, value));
            }
        }
        return values;
    }

    /** There is no such context without Pact-JVM. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PactVerificationContext.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }
}
