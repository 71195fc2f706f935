package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.multicloudboutique.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code kill -9} of the embedded PostgreSQL while the launcher runs. */
@Execution(ExecutionMode.CONCURRENT)
@Tag(TestDatabase.OWN_SERVER) // kills the server
class DatabaseCrashTest {

    @TempDir
    Path dataFolder;

    @Test
    void theServicesAnswerAgainWithTheirData() throws Exception {
        try (var launcher = RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder, "inventory")) {
            var inventory = launcher.client(Service.INVENTORY);
            inventory
                    .post("/inventory")
                    .json("{\"productId\": \"KEPT\", \"name\": \"Kept\", \"stockLevel\": 5}")
                    .expect(201);

            killPostgres();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> inventory.get("/inventory/KEPT").send().status() == 200);
            inventory.post("/inventory/KEPT/reserve").expect(200);
        }
    }

    @Test
    void theLauncherEndsWithOneLineIfTheDatabaseCannotBeStartedAgain() throws Exception {
        try (var launcher = RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder, "inventory")) {
            Files.writeString(dataFolder.resolve("postgresql/data/PG_VERSION"), "11\n");

            killPostgres();

            assertThat(launcher.exitCode()).isEqualTo(1);
            assertThat(launcher.errors()).hasLineCount(1).contains("PostgreSQL did not start: ");
        }
    }

    private void killPostgres() throws IOException {
        var pidFile = Files.readAllLines(dataFolder.resolve("postgresql/data/postmaster.pid"));
        ProcessHandle.of(Long.parseLong(pidFile.get(0))).orElseThrow().destroyForcibly();
    }
}
