package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An orderly stop and {@code kill -9} of the launcher. */
@Execution(ExecutionMode.CONCURRENT)
@Tag(TestDatabase.OWN_SERVER) // starts on the data folder of an earlier start
class ShutdownTest {

    @TempDir
    Path dataFolder;

    @Test
    void acknowledgedChangesSurviveKill9() {
        var portBase = RunningLauncher.freePortBase();
        String item;
        Duration firstStart;
        var begin = System.nanoTime();
        try (var killed = RunningLauncher.upOn(dataFolder, portBase)) {
            firstStart = Duration.ofNanos(System.nanoTime() - begin);
            item = killed.client(Service.FOOD)
                    .post("/food")
                    .json("{\"name\": \"Tarte Tatin\", \"category\": \"French\", \"price\": 6.50}")
                    .expect(201)
                    .json()
                    .path("id")
                    .asString();
            killed.kill();
        }
        assertThat(postgresProcesses()).as("PostgreSQL outlives the JVM").isNotEmpty();

        begin = System.nanoTime();
        try (var next = RunningLauncher.upOn(dataFolder, portBase)) {
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("The first start also unpacks PostgreSQL and initialises its data")
                    .isLessThan(firstStart.plusSeconds(10));
            var found =
                    next.client(Service.FOOD).get("/food/" + item).expect(200).json();
            assertThat(found.path("name").asString()).isEqualTo("Tarte Tatin");
        }
        assertThat(postgresProcesses()).isEmpty();
    }

    @Test
    void aSignalStopsEverythingAfterTheRequestsInProgressHaveFinished() throws Exception {
        try (var launcher = RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder);
                var late = BegunPost.begin(
                        launcher.url(Service.INVENTORY),
                        "/inventory",
                        "{\"productId\": \"LATE\", \"name\": \"Late\", \"stockLevel\": 5}")) {
            var busyClient = new Thread(() -> sendRequestsUntilRefused(launcher.url(Service.INVENTORY)));
            busyClient.start();

            launcher.terminate();
            Awaitility.await()
                    .until(() -> !acceptsConnections(launcher.url(Service.FOOD).getPort()));
            busyClient.join(20_000);
            assertThat(busyClient.isAlive())
                    .as("A connection that is never idle does not delay the stop")
                    .isFalse();

            assertThat(late.finish()).startsWith("HTTP/1.1 201");
            assertThat(launcher.exitCode()).isEqualTo(143);
            assertThat(launcher.errors()).isEmpty();
            assertThat(postgresProcesses()).isEmpty();
            assertThat(acceptsConnections(launcher.portBase())).isFalse();
            assertThat(Files.readString(dataFolder.resolve("boutique.log"))).doesNotContain(" ERROR ");
        }
    }

    private static void sendRequestsUntilRefused(URI service) {
        try {
            while (true) {
                Browser.get(service, "/readyz");
            }
        } catch (UncheckedIOException refused) {
            // The service has stopped.
        }
    }

    private static boolean acceptsConnections(int port) {
        try (var probe = new Socket("127.0.0.1", port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> postgresProcesses() {
        var folder = realPath(dataFolder);
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().command().stream())
                .filter(command -> command.startsWith(folder))
                .toList();
    }

    /**
     * Resolves symbolic links, because the path of a running program contains none. On macOS, the path of a temporary
     * folder contains one.
     */
    private static String realPath(Path folder) {
        try {
            return folder.toRealPath().toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
