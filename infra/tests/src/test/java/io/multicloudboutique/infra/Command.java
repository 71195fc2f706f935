package io.multicloudboutique.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Runs external commands in the repository's root. Thread-safe. */
final class Command {

    static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

    private Command() {}

    /** The exit code and the output of a command. Immutable. */
    record Result(List<String> command, int exitCode, String output, String errors) {

        /** Returns this result, or throws if the exit code is not 0. */
        Result orFail() {
            if (exitCode != 0) {
                throw new IllegalStateException(
                        String.join(" ", command) + " failed with exit code " + exitCode + "\n" + output + errors);
            }
            return this;
        }
    }

    static Result run(String... command) {
        return run(Map.of(), List.of(command));
    }

    static Result run(Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            var output = text(process.getInputStream());
            return new Result(command, process.waitFor(), output, errors.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
