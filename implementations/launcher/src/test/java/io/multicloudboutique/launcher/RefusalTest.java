package io.multicloudboutique.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A launcher that cannot start prints the reason and the remedy in one line. */
class RefusalTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void aPortInUseIsReportedBeforeAnythingStarts(Service service) throws Exception {
        var portBase = RunningLauncher.freePortBase();
        try (var taken = RunningLauncher.listen(service.port(portBase));
                var launcher = RunningLauncher.start(portBase, folder, Map.of())) {
            assertRefused(launcher, "Port " + taken.getLocalPort() + ", for " + service.id());
            assertThat(launcher.output()).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aManagementPortInUseIsReportedBeforeAnythingStarts(Service service) throws Exception {
        var portBase = RunningLauncher.freePortBase();
        try (var taken = RunningLauncher.listen(service.managementPort(portBase));
                var launcher = RunningLauncher.start(portBase, folder, Map.of())) {
            assertRefused(launcher, "Port " + taken.getLocalPort() + ", for the metrics of " + service.id());
            assertThat(launcher.output()).isEmpty();
            assertThat(folder).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eighty", "0", "-1", "64530", "8080 ", "99999999999"})
    void aPortBaseWithoutRoomForAllPortsIsRejected(String portBase) {
        try (var launcher = RunningLauncher.start(portBase, folder)) {
            assertRefused(launcher, "BOUTIQUE_PORT_BASE must be a number from 1 to 64529");
        }
    }

    @Test
    void anUnknownServiceIsRejectedWithTheListOfServices() {
        try (var launcher = RunningLauncher.start("8080", folder, "inventory", "warehouse")) {
            assertRefused(
                    launcher,
                    "There is no service \"warehouse\". The services are analytics, crm, inventory, furniture, food, accounting.");
        }
    }

    @Test
    void anUnwritableDataFolderIsReported() throws Exception {
        // Missing permissions do not stop root, but a file in the place of the parent folder stops every user.
        var file = Files.createFile(folder.resolve("file"));
        try (var launcher = RunningLauncher.start(RunningLauncher.freePortBase(), file.resolve("data"), Map.of())) {
            assertRefused(launcher, file.resolve("data").toString());
        }
    }

    @Test
    void anUnreachableDatabaseIsReported() {
        var unreachable = "postgresql://user:secret@127.0.0.1:" + RunningLauncher.freePortBase() + "/boutique";
        try (var launcher =
                RunningLauncher.start(RunningLauncher.freePortBase(), folder, Map.of("DATABASE_URL", unreachable))) {
            assertRefused(launcher, "DATABASE_URL cannot be used");
            assertThat(launcher.errors()).doesNotContain("secret");
        }
    }

    @Test
    void anInvalidDatabaseUrlIsRejected() {
        try (var launcher = RunningLauncher.start(
                RunningLauncher.freePortBase(), folder, Map.of("DATABASE_URL", "mysql://localhost/shop"))) {
            assertRefused(launcher, "DATABASE_URL cannot be used");
        }
    }

    private static void assertRefused(RunningLauncher launcher, String reason) {
        assertThat(launcher.exitCode()).isEqualTo(1);
        assertThat(launcher.errors()).hasLineCount(1).contains(reason);
    }
}
