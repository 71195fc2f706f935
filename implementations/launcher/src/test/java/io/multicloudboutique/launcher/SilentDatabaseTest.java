package io.multicloudboutique.launcher;

import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.multicloudboutique.testing.ContractClient;
import io.multicloudboutique.testing.ContractClient.Answer;
import io.multicloudboutique.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A database server that is paused while all services use it. */
@DisabledOnOs(OS.WINDOWS)
@Tag(TestDatabase.OWN_SERVER) // stops the server's processes
class SilentDatabaseTest {

    @TempDir
    Path dataFolder;

    private record Timed(Answer answer, Duration time) {}

    @Test
    void requestsOfAllServicesEndInTimeAndAllServicesRecover() throws Exception {
        try (var launcher = RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder)) {
            assertThat(requests(launcher)).allMatch(timed -> timed.answer().status() < 300);

            signal("STOP");
            try {
                assertThat(requests(launcher)).hasSize(30).allSatisfy(timed -> {
                    assertThat(timed.answer().status()).as(timed.toString()).isEqualTo(503);
                    assertThat(timed.answer().header("Retry-After"))
                            .as(timed.toString())
                            .isNotEmpty();
                    assertThat(timed.time()).as(timed.toString()).isLessThan(Duration.ofSeconds(5));
                });
                for (var service : Service.values()) {
                    launcher.client(service).get("/readyz").expect(503);
                    launcher.client(service).get("/livez").expect(200);
                }
            } finally {
                signal("CONT");
            }

            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(Service.values())
                            .allSatisfy(service ->
                                    launcher.client(service).get("/readyz").expect(200)));
            assertThat(requests(launcher)).allMatch(timed -> timed.answer().status() < 300);
        }
    }

    /** Sends five requests to each service, all at the same time. */
    private static List<Timed> requests(RunningLauncher launcher) {
        var clients = Executors.newFixedThreadPool(30);
        try {
            return Arrays.stream(Service.values())
                    .flatMap(service -> requests(service, launcher.client(service)))
                    .map(call -> supplyAsync(() -> timed(call), clients))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            clients.shutdownNow();
        }
    }

    private static Stream<ContractClient.Call> requests(Service service, ContractClient client) {
        return switch (service) {
            case ANALYTICS ->
                Stream.concat(
                        Collections.nCopies(3, client.get("/metrics")).stream(),
                        Collections.nCopies(2, client.post("/metrics").json("""
                                    {"transactionType": "Checkout", "durationMs": 5, "success": true}""")).stream());
            case CRM -> requests(client, "/customers", "1");
            case INVENTORY -> requests(client, "/inventory", "OLJCESPC7Z");
            case FURNITURE -> requests(client, "/furniture", "1");
            case FOOD -> requests(client, "/food", "1");
            case ACCOUNTING -> requests(client, "/transactions", "1");
        };
    }

    private static Stream<ContractClient.Call> requests(ContractClient client, String list, String id) {
        var item = list + "/" + id;
        return Stream.of(
                client.get(list),
                client.get(list),
                client.get(item),
                client.put(item).json("{}"),
                client.put(item).json("{}"));
    }

    private static Timed timed(ContractClient.Call call) {
        var begin = System.nanoTime();
        var answer = call.send();
        return new Timed(answer, Duration.ofNanos(System.nanoTime() - begin));
    }

    private void signal(String name) throws IOException, InterruptedException {
        var folder = dataFolder.toRealPath().toString();
        var processes = ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(folder))
                .map(process -> Long.toString(process.pid()));
        var command = Stream.concat(Stream.of("kill", "-" + name), processes).toList();
        assertThat(command).hasSizeGreaterThan(2);
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
