package io.multicloudboutique.client.benchmarks;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures {@link Calls} in rounds, and prints the medians and the ratios of the SDK to the JDK's client. The server runs
 * in this process, because JMH counts all allocations of the process that it measures. In a round, the two measurements
 * of a pair follow each other, so that a change of the machine's speed affects both alike.
 */
public final class Overhead {

    private static final int WARM_UPS = 30;
    private static final int ITERATIONS = 3;

    private enum Pair {
        GET("get", "GET"),
        POST("post", "POST"),
        ASYNC_GET("asyncGet", "GET, asynchronous"),
        ASYNC_POST("asyncPost", "POST, asynchronous");

        private final String benchmark;
        private final String title;

        Pair(String benchmark, String title) {
            this.benchmark = benchmark;
            this.title = title;
        }
    }

    /** A result of one round: µs and bytes for each call. */
    private record Measurement(double mean, double p50, double p99, double cpu, double bytes) {}

    private final int rounds;
    private final int seconds;
    private final Map<String, List<Measurement>> results = new HashMap<>();

    private Overhead(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    /**
     * Measures with the JDK that runs this program. The script {@code run} passes the number of rounds and the seconds of
     * an iteration, and sets the system property {@code log} to the file for JMH's output.
     */
    public static void main(String[] arguments) throws RunnerException {
        new Overhead(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
    }

    private void run() throws RunnerException {
        try (var server = new CannedServer()) {
            for (var round = 1; round <= rounds; round++) {
                System.out.printf("JDK %s, round %d/%d%n", Runtime.version(), round, rounds);
                measure(server);
            }
        }
        report();
    }

    private void measure(CannedServer server) throws RunnerException {
        var options = new OptionsBuilder()
                .include(Calls.class.getName())
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(seconds))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(seconds))
                .addProfiler(GCProfiler.class)
                .addProfiler(CpuProfiler.class)
                .jvmArgsAppend("-Xms512m", "-Xmx512m", "-D" + Calls.SERVER + "=" + server.url())
                .shouldFailOnError(true)
                .output(System.getProperty("log"))
                .build();
        for (var result : new Runner(options).run()) {
            var benchmark = result.getParams().getBenchmark();
            results.computeIfAbsent(benchmark.substring(benchmark.lastIndexOf('.') + 1), key -> new ArrayList<>())
                    .add(measurement(result));
        }
    }

    private static Measurement measurement(RunResult result) {
        var times = result.getPrimaryResult().getStatistics();
        return new Measurement(
                times.getMean(),
                times.getPercentile(50),
                times.getPercentile(99),
                result.getSecondaryResults().get(CpuProfiler.RESULT).getScore(),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }

    private void report() {
        System.out.printf(
                "%n%s, JDK %s, processors: %d, rounds: %d, each %d s after %d s of warm-up%n%n",
                LocalDate.now(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                rounds,
                ITERATIONS * seconds,
                WARM_UPS * seconds);
        System.out.println("| call | client | µs | p50 µs | p99 µs | CPU µs | bytes"
                + " | SDK ÷ JDK: µs | min–max | p50 | p99 | CPU | bytes |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (var pair : Pair.values()) {
            var jdk = results.get(pair.benchmark + "Jdk");
            var sdk = results.get(pair.benchmark + "Sdk");
            System.out.println("| " + pair.title + " | JDK | " + medians(jdk) + " | | | | | | |");
            System.out.println("|  | SDK | " + medians(sdk) + " | " + ratios(jdk, sdk) + " |");
        }
        System.out.println();
    }

    private static String medians(List<Measurement> measurements) {
        return String.format(
                Locale.ROOT,
                "%,.0f | %,.0f | %,.0f | %,.0f | %,.0f",
                median(measurements.stream().map(Measurement::mean).toList()),
                median(measurements.stream().map(Measurement::p50).toList()),
                median(measurements.stream().map(Measurement::p99).toList()),
                median(measurements.stream().map(Measurement::cpu).toList()),
                median(measurements.stream().map(Measurement::bytes).toList()));
    }

    /** The medians of the ratios of each round, and the range of those of the mean time. */
    private static String ratios(List<Measurement> jdk, List<Measurement> sdk) {
        var means = ratios(jdk, sdk, Measurement::mean);
        return String.format(
                Locale.ROOT,
                "**%.2f** | %.2f–%.2f | %.2f | %.2f | %.2f | %.2f",
                median(means),
                means.stream().min(Double::compare).orElseThrow(),
                means.stream().max(Double::compare).orElseThrow(),
                median(ratios(jdk, sdk, Measurement::p50)),
                median(ratios(jdk, sdk, Measurement::p99)),
                median(ratios(jdk, sdk, Measurement::cpu)),
                median(ratios(jdk, sdk, Measurement::bytes)));
    }

    private static List<Double> ratios(
            List<Measurement> jdk, List<Measurement> sdk, ToDoubleFunction<Measurement> value) {
        return IntStream.range(0, jdk.size())
                .mapToObj(round -> value.applyAsDouble(sdk.get(round)) / value.applyAsDouble(jdk.get(round)))
                .toList();
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
