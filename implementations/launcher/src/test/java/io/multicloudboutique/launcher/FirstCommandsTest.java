package io.multicloudboutique.launcher;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstCommandsTest {

    @TempDir
    static Path dataFolder;

    @Test
    void everyCommandOfTheOriginalDescriptionStillWorks() {
        try (var launcher = RunningLauncher.up(RunningLauncher.freePortBase(), dataFolder)) {
            launcher.awaitUpstreams();
            FirstCommands.run(service -> launcher.url(Service.valueOf(service.toUpperCase(Locale.ROOT))));
        }
    }
}
