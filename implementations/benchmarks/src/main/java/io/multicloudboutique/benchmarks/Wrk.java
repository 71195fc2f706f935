package io.multicloudboutique.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator: wrk with one of our scripts. */
final class Wrk {

    /**
     * The result of a measurement, as the clients saw it.
     *
     * @param requests the number of complete answers
     * @param incomplete the number of answers that lack what the script expects; they do not count as requests
     * @param refusalsPerSecond the answers with a status of 400 or more; they do not count as requests, but the
     *     percentiles include them
     */
    record Result(
            long requests,
            long incomplete,
            double requestsPerSecond,
            double refusalsPerSecond,
            double p50Milliseconds,
            double p99Milliseconds) {}

    /** Clients that are running. */
    record Running(String script, Process process) {

        /**
         * Waits for the end.
         *
         * @throws BenchmarkFailure if an answer was missing, late, or not a success, or if no answer was complete
         */
        Result await() {
            return await(false);
        }

        /**
         * Waits for the end, like {@link #await()}, but refusals are no failure. The script must count all other answers
         * that are not a success as incomplete.
         */
        Result awaitWithRefusals() {
            return await(true);
        }

        private Result await(boolean refusalsAllowed) {
            try {
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new BenchmarkFailure("wrk failed with " + script + ".lua:\n" + output.strip());
                }
                return parse(output, refusalsAllowed);
            } catch (IOException e) {
                throw new BenchmarkFailure("The output of wrk cannot be read: " + e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BenchmarkFailure("wrk was interrupted.", e);
            }
        }

        private Result parse(String output, boolean refusalsAllowed) {
            Matcher result = RESULT.matcher(output);
            if (!result.find()) {
                throw new BenchmarkFailure("wrk printed no result with " + script + ".lua:\n" + output.strip());
            }
            long answers = Long.parseLong(result.group(1));
            long refused = Long.parseLong(result.group(5));
            long failed = Long.parseLong(result.group(6));
            long incomplete = Long.parseLong(result.group(7));
            if (answers == incomplete || failed > 0 || (refusalsAllowed ? incomplete : refused) > 0) {
                throw new BenchmarkFailure(
                        "%s.lua: of %d answers, %d have a status of 400 or more, and %d are incomplete; %d requests failed or took longer than %d s."
                                .formatted(script, answers, refused, incomplete, failed, TIMEOUT_SECONDS));
            }
            long requests = answers - incomplete - refused;
            double seconds = Long.parseLong(result.group(2)) / 1e6;
            return new Result(
                    requests,
                    incomplete,
                    requests / seconds,
                    refused / seconds,
                    Long.parseLong(result.group(3)) / 1e3,
                    Long.parseLong(result.group(4)) / 1e3);
        }
    }

    private static final int TIMEOUT_SECONDS = 10;

    /** The line of the function {@code done} in shop.lua. */
    private static final Pattern RESULT = Pattern.compile(
            "result requests=(\\d+) microseconds=(\\d+) p50=(\\d+) p99=(\\d+) refused=(\\d+) failed=(\\d+) incomplete=(\\d+)");

    private final Path scripts;
    private final int threads;

    Wrk(Path scripts, int threads) {
        this.scripts = scripts;
        this.threads = threads;
    }

    Running start(String script, String url, int connections, int seconds) {
        return start(script, url, connections, seconds, Map.of());
    }

    /** @param environment variables that the script reads */
    Running start(String script, String url, int connections, int seconds, Map<String, String> environment) {
        List<String> command = List.of(
                "wrk",
                "--threads",
                Integer.toString(Math.min(threads, connections)),
                "--connections",
                Integer.toString(connections),
                "--duration",
                seconds + "s",
                "--timeout",
                TIMEOUT_SECONDS + "s",
                "--script",
                script + ".lua",
                url);
        try {
            ProcessBuilder wrk =
                    new ProcessBuilder(command).directory(scripts.toFile()).redirectErrorStream(true);
            wrk.environment().putAll(environment);
            return new Running(script, wrk.start());
        } catch (IOException e) {
            throw new BenchmarkFailure("wrk cannot be started. Install it: apt install wrk, or brew install wrk.", e);
        }
    }
}
