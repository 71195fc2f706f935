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
 * Verifies a provider with the {@code pact} program whose path is in {@code PACT_VERIFIER}, instead of with Pact-JVM.
 * The program requests the provider states over HTTP, and this class creates the states with the same methods as
 * Pact-JVM.
 */
final class AnotherVerifier implements ParameterResolver {

    private static final Path REPORTS = Path.of("target", "another-verifier");

    /** @param cleanUp removes all data; runs before the first interaction and after each one */
    static void verify(ProviderTest test, RunningService service, Runnable cleanUp)
            throws IOException, InterruptedException {
        cleanUp.run();
        var states = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        states.createContext("/", exchange -> handleStateChange(exchange, test, cleanUp));
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
                    "--state-change-teardown",
                    // The end of an outage takes seconds. By default, the verifier waits for five.
                    "--request-timeout=30000"));
            try (var pacts = Files.newDirectoryStream(Path.of("..", "pacts"), "*-" + service.name() + ".json")) {
                pacts.forEach(pact -> command.add("--file=" + pact));
            }
            var report = Files.createDirectories(REPORTS).resolve(service.name() + ".txt");
            var verifier = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(report.toFile());
            // Without this variable, this verifier also sends usage data of each run to its developers.
            verifier.environment().put("PACT_DO_NOT_TRACK", "true");
            var exitCode = verifier.start().waitFor();
            assertThat(exitCode).as(Files.readString(report)).isZero();
        } finally {
            states.stop(0);
        }
    }

    private static void handleStateChange(HttpExchange exchange, ProviderTest test, Runnable cleanUp)
            throws IOException {
        try (exchange) {
            var status = 200;
            var response = "{}";
            try {
                var change = JsonMapper.shared().readTree(exchange.getRequestBody());
                if (change.path("action").asString("").equals("teardown")) {
                    cleanUp.run();
                } else {
                    response = JsonMapper.shared().writeValueAsString(createState(test, change));
                }
            } catch (RuntimeException | AssertionError e) {
                status = 500;
                response = JsonMapper.shared().writeValueAsString(Map.of("failure", e.toString()));
            }
            var bytes = response.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Map<String, Object> createState(ProviderTest test, JsonNode change) {
        var state = change.path("state").asString("");
        var values = new HashMap<String, Object>();
        if (state.isEmpty()) { // The interaction has no states.
            return values;
        }
        var methods =
                AnnotationSupport.findAnnotatedMethods(test.getClass(), State.class, HierarchyTraversalMode.TOP_DOWN)
                        .stream()
                        .filter(method -> List.of(
                                        method.getAnnotation(State.class).value())
                                .contains(state))
                        .toList();
        assertThat(methods).as("methods with @State(\"" + state + "\")").isNotEmpty();
        for (var method : methods) {
            var created = method.getParameterCount() == 0
                    ? ReflectionSupport.invokeMethod(method, test)
                    : ReflectionSupport.invokeMethod(
                            method, test, JsonMapper.shared().convertValue(change.path("params"), Map.class));
            if (created instanceof Map<?, ?> more) {
                more.forEach((name, value) -> values.put((String) name, value));
            }
        }
        return values;
    }

    /** Supplies null for the context of Pact-JVM, which does not exist with this verifier. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PactVerificationContext.class;
    }

    @Override
    public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return null;
    }
}
