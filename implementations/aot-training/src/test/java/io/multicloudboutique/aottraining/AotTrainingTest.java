package io.multicloudboutique.aottraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class AotTrainingTest {

    @TempDir
    Path folder;

    @Test
    void theServiceStartsWithADatabaseAnswersRequestsAndIsTerminated() throws Exception {
        AotTraining.train(folder, command("none"));

        assertThat(folder.resolve("app.aot")).hasContent("classes");
        assertThat(Files.readAllLines(folder.resolve("requests")))
                .containsSubsequence(
                        "GET /readyz",
                        "GET /openapi.json",
                        "POST /menu {\"name\":\"Tea\"}",
                        "GET /menu",
                        "GET /menu/7");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    does-not-start  | The service exited with 3 instead of becoming ready. Its output: no configuration
                    server-error    | POST /menu returned 500: {}
                    other-exit-code | After SIGTERM, the service exited with 5 instead of 143
                    no-cache        | The JVM has written no cache. Its output: no memory for the cache
                    """)
    void aTrainingWithoutAUsableCacheFails(String fault, String message) throws Exception {
        Files.writeString(folder.resolve("app.aot"), "of an earlier training");

        assertThatThrownBy(() -> AotTraining.train(folder, command(fault)))
                .isInstanceOf(TrainingFailed.class)
                .message()
                .asString()
                .satisfies(actual -> assertThat(actual.replaceAll("\\s+", " ")).startsWith(message));
    }

    @Test
    void aCommandWithoutTheOptionForTheCacheIsRefused() {
        assertThatThrownBy(() -> AotTraining.train(folder, List.of("java", "-jar", "app.jar")))
                .isInstanceOf(TrainingFailed.class)
                .hasMessageContaining("-XX:AOTCacheOutput");
    }

    /** The option comes last, so that only the training reads it: the JVM of the tests may not know it. */
    private static List<String> command(String fault) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SmallService.class.getName(),
                fault,
                "-XX:AOTCacheOutput=app.aot");
    }
}
