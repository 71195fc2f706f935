package io.multicloudboutique.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs programs to their end. */
final class Commands {

    private Commands() {}

    /**
     * Runs a program and returns what it prints.
     *
     * @throws BenchmarkFailure if the program cannot be started or does not end with 0
     */
    static String run(Path folder, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new BenchmarkFailure(
                        "%s ended with %d:%n%s".formatted(String.join(" ", command), status, output.strip()));
            }
            return output;
        } catch (IOException e) {
            throw new BenchmarkFailure(
                    "%s cannot be started: %s. See the requirements in implementations/benchmarks/README.md."
                            .formatted(command.get(0), e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailure(command.get(0) + " was interrupted.", e);
        }
    }
}
