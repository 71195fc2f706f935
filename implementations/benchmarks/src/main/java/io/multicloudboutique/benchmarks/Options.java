package io.multicloudboutique.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The options of a run.
 *
 * @param rounds how often each target is measured in each scenario
 * @param seconds the duration of a measurement
 * @param warmUpSeconds the duration of the load on each target in each scenario before the first round
 * @param connections the connections of the clients
 * @param threads the threads of wrk
 * @param nodeWorkers the processes of the peer fastify
 * @param scenarios the scenarios to run
 * @param special the names of the scenarios that have a class of their own, such as {@link StartBenchmark}
 * @param targets the names of the targets
 * @param report the folder for the results, or empty for none
 */
public record Options(
        int rounds,
        int seconds,
        int warmUpSeconds,
        int connections,
        int threads,
        int nodeWorkers,
        List<Scenario> scenarios,
        Set<String> special,
        List<String> targets,
        Optional<Path> report) {

    /** Our services first: each ratio compares them with another target. */
    static final List<String> TARGETS = List.of("boutique", "no-metrics", "plain", "fastify", "express");

    private static final List<String> DEFAULT_TARGETS = List.of("boutique", "plain", "fastify", "express");

    /** The names of the scenarios that compare our services with themselves. */
    static final String START = "start";

    static final String OVERLOAD = "overload";
    static final String GROWTH = "growth";

    private static final List<String> SPECIAL = List.of(START, OVERLOAD, GROWTH);

    static final String USAGE = """
            Usage: implementations/benchmarks/run [option ...]

            Measures our services against peers on this machine, and prints medians, spread and ratios.

              --rounds N         measurements of each target in each scenario (default 3)
              --seconds N        duration of a measurement (default 5)
              --warm-up N        seconds of load on each target in each scenario before the first round (default 20)
              --connections N    connections of the clients (default 64)
              --threads N        threads of wrk (default 2)
              --node-workers N   processes of the peer fastify (default 1)
              --scenarios A,B    only these scenarios (default all but growth, which needs 10 GB of disk)
              --targets A,B      only these targets (default all but no-metrics)
              --report FOLDER    also write results.md and chart.svg to this folder
              --skip-build       use the jars of the last build

            Scenarios: %s
            Targets: %s
            """.formatted(
                    Stream.concat(Arrays.stream(Scenario.values()).map(Scenario::id), SPECIAL.stream())
                            .collect(Collectors.joining(", ")),
                    String.join(", ", TARGETS));

    /**
     * Reads the command line.
     *
     * @throws BenchmarkFailure if an option or its value is not valid
     */
    static Options parse(List<String> arguments) {
        int rounds = 3;
        int seconds = 5;
        int warmUpSeconds = 20;
        int connections = 64;
        int threads = 2;
        int nodeWorkers = 1;
        List<Scenario> scenarios = List.of(Scenario.values());
        Set<String> special = Set.of(START, OVERLOAD);
        List<String> targets = DEFAULT_TARGETS;
        Optional<Path> report = Optional.empty();
        for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
            String option = rest.next();
            switch (option) {
                case "--rounds" -> rounds = number(option, rest, 1);
                case "--seconds" -> seconds = number(option, rest, 1);
                case "--warm-up" -> warmUpSeconds = number(option, rest, 0);
                case "--connections" -> connections = number(option, rest, 1);
                case "--threads" -> threads = number(option, rest, 1);
                case "--node-workers" -> nodeWorkers = number(option, rest, 1);
                case "--scenarios" -> {
                    Set<String> names = names(option, rest);
                    special = SPECIAL.stream().filter(names::remove).collect(Collectors.toSet());
                    scenarios = names.stream().map(Scenario::of).toList();
                }
                case "--targets" -> targets = targets(names(option, rest));
                case "--report" -> report = Optional.of(Path.of(value(option, rest)));
                case "--skip-build" -> {
                    // The script has already skipped it.
                }
                default -> throw new BenchmarkFailure("There is no option \"" + option + "\".\n\n" + USAGE);
            }
        }
        if (threads > connections) {
            throw new BenchmarkFailure("--connections must be at least as large as --threads.");
        }
        return new Options(
                rounds, seconds, warmUpSeconds, connections, threads, nodeWorkers, scenarios, special, targets, report);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new BenchmarkFailure(option + " needs a value.");
        }
        return rest.next();
    }

    private static int number(String option, Iterator<String> rest, int minimum) {
        String value = value(option, rest);
        if (!value.matches("\\d{1,6}") || Integer.parseInt(value) < minimum) {
            throw new BenchmarkFailure(option + " must be a number from " + minimum + ", not \"" + value + "\".");
        }
        return Integer.parseInt(value);
    }

    private static Set<String> names(String option, Iterator<String> rest) {
        return new LinkedHashSet<>(List.of(value(option, rest).split(",")));
    }

    private static List<String> targets(Set<String> names) {
        for (String name : names) {
            if (!TARGETS.contains(name)) {
                throw new BenchmarkFailure(
                        "There is no target \"" + name + "\". Targets: " + String.join(", ", TARGETS));
            }
        }
        return TARGETS.stream().filter(names::contains).toList();
    }
}
