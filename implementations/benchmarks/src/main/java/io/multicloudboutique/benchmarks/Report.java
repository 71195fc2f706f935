package io.multicloudboutique.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The results for people: text for the terminal, and a Markdown page with a chart. */
final class Report {

    private static final String NONE = "–";

    private static final String HOW_TO_READ = """
            Each value is the median of the measurements of a target (rounds: %d, each %d s); min–max is the range of requests/s. \
            CPU is the time per request, in µs, of the target's processes and of PostgreSQL. The last two columns divide our \
            median by that of the target in the same row: requests/s above 1 and CPU below 1 mean that our services do better. \
            Compare only ratios, and only within one run. The clients run on the same machine and use its cores, too. A ratio \
            is a difference only if the ranges of the two targets do not overlap.""";

    private static final String INCOMPLETE =
            "*) This target could not reach its own inventory in time for some requests. Its answers without stock levels do not count.";

    private final Options options;
    private final Machine machine;
    private final Results results;
    private final List<StartBenchmark.Way> ways;
    private final List<OverloadBenchmark.Step> overload;
    private final List<GrowthBenchmark.Operation> growth;

    Report(
            Options options,
            Machine machine,
            Results results,
            List<StartBenchmark.Way> ways,
            List<OverloadBenchmark.Step> overload,
            List<GrowthBenchmark.Operation> growth) {
        this.options = options;
        this.machine = machine;
        this.results = results;
        this.ways = ways;
        this.overload = overload;
        this.growth = growth;
    }

    String text() {
        StringBuilder text = new StringBuilder("\n" + machine + "\n");
        if (!results.scenarios().isEmpty()) {
            text.append('\n').append(measurements().text());
        }
        for (Table table : furtherTables()) {
            text.append('\n').append(table.text());
        }
        return text.append('\n').append(howToRead()).append('\n').toString();
    }

    /** Writes {@code results.md} and {@code chart.svg}. */
    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        StringBuilder page = new StringBuilder("Measured on " + machine + ".\n\n");
        if (!results.scenarios().isEmpty()) {
            page.append("![Our requests per second divided by those of each peer](chart.svg)\n\n")
                    .append(measurements().markdown())
                    .append('\n');
            results.targets()
                    .forEach(target -> page.append("- **")
                            .append(target.name())
                            .append("**: ")
                            .append(target.description())
                            .append('\n'));
            page.append('\n');
        }
        for (Table table : furtherTables()) {
            page.append(table.markdown()).append('\n');
        }
        Files.writeString(folder.resolve("results.md"), page.append(howToRead()).append('\n'));
        Files.writeString(folder.resolve("chart.svg"), Chart.of(results));
    }

    private String howToRead() {
        String text = HOW_TO_READ.formatted(options.rounds(), options.seconds());
        return results.incomplete() ? text + "\n\n" + INCOMPLETE : text;
    }

    private Table measurements() {
        Table table = new Table(
                "scenario",
                "target",
                "requests/s",
                "min–max",
                "p50 ms",
                "p99 ms",
                "CPU service",
                "CPU PostgreSQL",
                "memory MB",
                "our requests/s ÷ theirs",
                "our CPU ÷ theirs");
        for (Scenario scenario : results.scenarios()) {
            String title = scenario.title();
            for (Target target : results.targets()) {
                table.add(row(title, scenario, target.name()));
                title = "";
            }
        }
        return table;
    }

    private String[] row(String title, Scenario scenario, String target) {
        Summary speed = results.summary(scenario, target, Measurement::requestsPerSecond);
        return new String[] {
            title,
            target,
            number("%,.0f", speed.median()) + (results.incomplete(scenario, target) ? "*" : ""),
            number("%,.0f", speed.min()) + "–" + number("%,.0f", speed.max()),
            number(
                    "%.1f",
                    results.summary(scenario, target, Measurement::p50Milliseconds)
                            .median()),
            number(
                    "%.1f",
                    results.summary(scenario, target, Measurement::p99Milliseconds)
                            .median()),
            number("%,.0f", results.median(scenario, target, Measurement::serviceCpu)),
            number("%,.0f", results.median(scenario, target, Measurement::databaseCpu)),
            number("%,.0f", results.median(scenario, target, Measurement::residentMegabytes)),
            ratio(results.speedRatio(scenario, target)),
            ratio(results.cpuRatio(scenario, target))
        };
    }

    private List<Table> furtherTables() {
        List<Table> tables = new ArrayList<>();
        if (!ways.isEmpty()) {
            tables.add(starts());
        }
        if (!overload.isEmpty()) {
            tables.add(overload());
        }
        if (!growth.isEmpty()) {
            tables.add(growth());
        }
        return tables;
    }

    private Table overload() {
        Table table =
                new Table("reserve one hot product", "", "successes/s", "refusals/s", "p50 ms", "p99 ms", "memory MB");
        for (OverloadBenchmark.Step step : overload) {
            table.add(
                    step.name(),
                    "",
                    number("%,.0f", step.result().requestsPerSecond()),
                    number("%,.0f", step.result().refusalsPerSecond()),
                    number("%.1f", step.result().p50Milliseconds()),
                    number("%.1f", step.result().p99Milliseconds()),
                    number("%,.0f", step.residentMegabytes()));
        }
        return table;
    }

    private Table growth() {
        List<String> head = new ArrayList<>(List.of("requests/s after adding this number of rows", ""));
        GrowthBenchmark.ROWS.forEach(rows -> head.add(number("%,.0f", rows)));
        head.add("fewest rows ÷ most rows");
        Table table = new Table(head.toArray(String[]::new));
        for (GrowthBenchmark.Operation operation : growth) {
            List<Double> speeds = operation.requestsPerSecond();
            List<String> row = new ArrayList<>(List.of(operation.title(), ""));
            speeds.forEach(speed -> row.add(number("%,.0f", speed)));
            row.add(number("%.2f", speeds.get(0) / speeds.get(speeds.size() - 1)));
            table.add(row.toArray(String[]::new));
        }
        return table;
    }

    private Table starts() {
        Table table = new Table(
                "start of the inventory", "", "s to the first 200", "min–max", "memory MB after 100,000 requests");
        for (StartBenchmark.Way way : ways) {
            table.add(
                    way.name(),
                    "",
                    number("%.2f", way.seconds().median()),
                    number("%.2f", way.seconds().min())
                            + "–"
                            + number("%.2f", way.seconds().max()),
                    number("%,.0f", way.residentMegabytes()));
        }
        return table;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String number(String format, OptionalDouble value) {
        return value.isPresent() ? number(format, value.getAsDouble()) : NONE;
    }

    private static String ratio(Optional<Double> ratio) {
        return ratio.map(value -> number("%.2f", value)).orElse(NONE);
    }
}
