package io.multicloudboutique.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multicloudboutique.client.errors.BoutiqueException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker Compose users name hosts {@code food_service}, and {@link java.net.URI} knows no such host. */
class UnderscoreHostTest {

    /** Calls each URL. Runs in a JVM of its own, because a JVM reads its hosts file only once. */
    static final class Calls {

        public static void main(String[] urls) {
            for (var url : urls) {
                try (var client = BoutiqueClient.builder()
                        .baseUrl(BoutiqueService.INVENTORY, url)
                        .maxRetries(0)
                        .build()) {
                    System.out.println(client.inventory().getProduct("a/b").name());
                } catch (BoutiqueException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    private static List<String> call(Path folder, List<String> options, String... urls) throws Exception {
        var hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 inventory_service\n");
        var command = new ArrayList<String>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.add("-Djdk.net.hosts.file=" + hosts);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Calls.class.getName()));
        command.addAll(List.of(urls));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var out = process.inputReader()) {
            return out.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aHostWithAnUnderscoreIsCalled(@TempDir Path folder) throws Exception {
        try (var server = new ScriptedServer(ScriptedServer.json(200, """
                {"productId":"A","name":"Lamp","stockLevel":5,"reserved":1,"available":4,\
                "lastUpdated":"2026-01-20T10:30:00.125Z"}"""))) {
            var port = server.url().substring("http://127.0.0.1:".length());
            var url = "http://inventory_service:" + port;

            assertThat(call(folder, List.of(), url + "/prefix/", "http://no_such_host"))
                    .satisfiesExactly(
                            name -> assertThat(name).isEqualTo("Lamp"),
                            failure -> assertThat(failure)
                                    .startsWith("getProduct (GET http://no_such_host/inventory/a%2Fb, ")
                                    .contains(") failed: the connection failed (", "resolve host no_such_host"));
            assertThat(call(folder, List.of("-Djdk.httpclient.allowRestrictedHeaders=host"), url))
                    .containsExactly("Lamp");

            assertThat(server.requests())
                    .extracting(ScriptedServer.Request::target)
                    .containsExactly("/prefix/inventory/a%2Fb", "/inventory/a%2Fb");
            assertThat(server.requests())
                    .extracting(sent -> sent.header("Host"))
                    .containsExactly("127.0.0.1:" + port, "inventory_service:" + port);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://food_service", "https://food_service:8443/prefix"})
    void withTlsSuchAHostIsRejectedWhenItIsSet(String url) {
        assertThatThrownBy(() -> BoutiqueClient.builder().baseUrl(BoutiqueService.FOOD, url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("base URL of food")
                .hasMessageContaining("underscore");
    }
}
