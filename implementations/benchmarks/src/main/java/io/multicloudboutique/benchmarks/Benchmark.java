package io.multicloudboutique.benchmarks;

import io.multicloudboutique.support.database.DatabaseUnavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Runs the benchmark: starts the targets, warms them up, and measures them in rounds. In each round, each scenario
 * measures one target after the other, so that a change of the machine's speed affects all targets alike.
 */
public final class Benchmark {

    private final Options options;
    private final Path root;
    private final Path work;
    private final Wrk wrk;
    private final Fleet fleet = new Fleet();
    private final Database database;

    private Benchmark(Options options, Path root) {
        this.options = options;
        this.root = root;
        this.work = module().resolve("target/benchmark");
        this.wrk = new Wrk(module().resolve("wrk"), options.threads());
        this.database = Database.start(work.resolve("postgresql"));
        Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    }

    /** Runs the benchmark with the options in {@link Options#USAGE}. Exits with 1 if it fails. */
    public static void main(String[] arguments) {
        List<String> list = List.of(arguments);
        if (list.contains("--help") || list.contains("-h")) {
            System.out.print(Options.USAGE);
            return;
        }
        try {
            Path root = Path.of(System.getProperty("boutique.root")).toRealPath();
            new Benchmark(Options.parse(list), root).run();
            System.exit(0);
        } catch (BenchmarkFailure | DatabaseUnavailable failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path module() {
        return root.resolve("implementations/benchmarks");
    }

    private void stop() {
        fleet.close();
        // The load generator, and a server that has just been started.
        ProcessHandle.current().children().forEach(ProcessHandle::destroy);
        database.close();
    }

    private void run() throws IOException {
        Image image = Image.of(root.resolve("infra/images/Dockerfile"));
        if (!Image.hasAotCache()) {
            System.out.println(
                    "This JDK is older than 25, so our services start without the AOT cache of their image.");
        }
        Path unpacked = work.resolve("unpacked");
        delete(unpacked);
        BoutiqueTarget boutique = BoutiqueTarget.asInTheImage(root, unpacked, image, database);
        List<Target> targets = targets(boutique, unpacked, image);

        Results results = new Results(targets);
        for (Scenario scenario : options.scenarios()) {
            for (Target target : targets) {
                warmUp(scenario, target);
            }
        }
        List<Target> order = new ArrayList<>(targets);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Scenario scenario : options.scenarios()) {
                for (Target target : order) {
                    Measurement measurement = measure(scenario, target);
                    results.add(scenario, target, measurement);
                    System.out.printf(
                            Locale.ROOT,
                            "round %d/%d  %-16s %-10s %,8.0f requests/s%n",
                            round,
                            options.rounds(),
                            scenario.id(),
                            target.name(),
                            measurement.requestsPerSecond());
                }
            }
            // The next round begins with another target, so that none always runs after the same one.
            Collections.rotate(order, 1);
        }
        List<StartBenchmark.Way> ways = List.of();
        if (options.special().contains(Options.START)) {
            // Unpacks the inventory and creates its products.
            fleet.called(boutique, Scenario.GET);
            System.out.println("start ...");
            ways = new StartBenchmark(boutique, wrk, options).run();
        }
        List<OverloadBenchmark.Step> overload = List.of();
        if (options.special().contains(Options.OVERLOAD)) {
            warmUp(Scenario.RESERVE_HOT, boutique);
            System.out.println("overload ...");
            ServerProcess inventory = fleet.called(boutique, Scenario.RESERVE_HOT);
            overload = new OverloadBenchmark(inventory, database, wrk, options).run();
        }
        List<GrowthBenchmark.Operation> growth = options.special().contains(Options.GROWTH)
                ? new GrowthBenchmark(boutique, database, fleet, wrk, options).run()
                : List.of();
        Machine machine = Machine.current(database.version(), options.targets());
        Report report = new Report(options, machine, results, ways, overload, growth);
        System.out.print(report.text());
        if (options.report().isPresent()) {
            Path folder = options.report().get();
            report.write(folder);
            System.out.println("Written: " + folder.resolve("results.md") + ", " + folder.resolve("chart.svg"));
        }
    }

    private List<Target> targets(BoutiqueTarget boutique, Path unpacked, Image image) throws IOException {
        Path peers = module().resolve("peers");
        String schema = Files.readString(peers.resolve("schema.sql"));
        List<Target> targets = new ArrayList<>();
        for (String name : options.targets()) {
            targets.add(
                    switch (name) {
                        case "boutique" -> boutique;
                        case "no-metrics" -> BoutiqueTarget.withoutMetrics(root, unpacked, image, database);
                        case "plain" -> new PlainTarget(work, schema, image, database);
                        case "fastify" -> NodeTarget.fastify(peers, schema, options.nodeWorkers(), database);
                        case "express" -> NodeTarget.express(peers);
                        default -> throw new IllegalStateException(name);
                    });
        }
        return targets;
    }

    private void warmUp(Scenario scenario, Target target) {
        fleet.working(target, scenario);
        if (options.warmUpSeconds() > 0) {
            System.out.printf("warm-up    %-16s %s%n", scenario.id(), target.name());
            load(scenario, target, options.warmUpSeconds());
        }
    }

    private Measurement measure(Scenario scenario, Target target) {
        List<ProcessTree> service = fleet.working(target, scenario).stream()
                .map(ServerProcess::tree)
                .toList();
        List<ProcessTree> postgresql = List.of(database.tree());
        database.checkpoint();
        OptionalLong serviceBefore = cpu(service);
        OptionalLong postgresqlBefore = cpu(postgresql);
        Wrk.Result result = load(scenario, target, options.seconds());
        // With other clients in the background, the CPU time is not that of the measured requests.
        boolean alone = scenario.background().isEmpty();
        return new Measurement(
                result.requestsPerSecond(),
                result.incomplete() > 0,
                result.p50Milliseconds(),
                result.p99Milliseconds(),
                alone ? perRequest(serviceBefore, cpu(service), result) : OptionalDouble.empty(),
                alone ? perRequest(postgresqlBefore, cpu(postgresql), result) : OptionalDouble.empty(),
                memory(service));
    }

    private Wrk.Result load(Scenario scenario, Target target, int seconds) {
        String url = fleet.called(target, scenario).url();
        try {
            // The clients in the background start first and end last.
            var background = scenario.background()
                    .map(other -> wrk.start(other.script(), url, Scenario.HOT_CONNECTIONS, seconds + 1));
            Wrk.Result result = wrk.start(scenario.script(), url, scenario.connections(options), seconds)
                    .await();
            background.ifPresent(Wrk.Running::await);
            return result;
        } catch (BenchmarkFailure failure) {
            throw new BenchmarkFailure(
                    "%s, %s: %s%nThe results would be wrong. The last output of the target:%n%s"
                            .formatted(scenario.id(), target.name(), failure.getMessage(), fleet.lastOutput(target)),
                    failure);
        }
    }

    private static OptionalLong cpu(List<ProcessTree> trees) {
        long sum = 0;
        for (ProcessTree tree : trees) {
            OptionalLong cpu = tree.cpuMicroseconds();
            if (cpu.isEmpty()) {
                return cpu;
            }
            sum += cpu.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static OptionalDouble perRequest(OptionalLong before, OptionalLong after, Wrk.Result result) {
        return before.isEmpty() || after.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of((after.getAsLong() - before.getAsLong()) / (double) result.requests());
    }

    private static OptionalDouble memory(List<ProcessTree> trees) {
        return trees.stream()
                .map(ProcessTree::residentBytes)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .mapToObj(bytes -> bytes / 1e6)
                .reduce(Double::sum)
                .map(OptionalDouble::of)
                .orElse(OptionalDouble.empty());
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
