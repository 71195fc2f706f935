package io.multicloudboutique.testing;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Ends a build with the profile {@code engine}, after all tests: prints the failed tests of all modules and the statements
 * that the engine refuses.
 */
public final class EngineReport {

    private final StringBuilder text = new StringBuilder();
    private final List<String> failed = new ArrayList<>();

    private EngineReport() {}

    /** Exits with 1 if a test failed or a statement was refused. */
    public static void main(String[] arguments) throws Exception {
        if (!create(Refusals.folder(), System.out)) {
            System.exit(1);
        }
    }

    /**
     * Writes the file {@code report.txt} in the folder.
     *
     * @param folder the files of a build
     * @param console also receives the report
     * @return whether all tests succeeded and no statement was refused
     */
    static boolean create(Path folder, PrintStream console) throws Exception {
        return new EngineReport().write(folder, console);
    }

    private boolean write(Path folder, PrintStream console) throws Exception {
        line(Files.readString(folder.resolve("engine")));
        line("");
        line("%-36s %6s %6s %8s", "module", "tests", "failed", "skipped");
        int tests = 0;
        for (var module : sorted(folder.resolve("tests"))) {
            tests += count(module);
        }
        line("");
        line("%d tests failed.", failed.size());
        failed.forEach(test -> line("  %s", test));
        line("");
        var refusals = Refusals.ofAllModules(folder);
        line("The engine refuses %d statements.", refusals.size());
        refusals.stream()
                .sorted(Comparator.comparing(Refusal::sqlState).thenComparing(Refusal::statement))
                .forEach(this::describe);

        var file = Files.writeString(folder.resolve("report.txt"), text);
        console.println("\n" + text + "\nThis report: " + file);
        return tests > 0 && failed.isEmpty() && refusals.isEmpty();
    }

    private int count(Path module) throws Exception {
        int tests = 0;
        int failures = 0;
        int skipped = 0;
        for (var report : sorted(module)) {
            if (!report.toString().endsWith(".xml")) {
                continue;
            }
            var cases = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
            for (int i = 0; i < cases.getLength(); i++) {
                var test = (Element) cases.item(i);
                tests++;
                skipped += test.getElementsByTagName("skipped").getLength();
                for (var kind : List.of("failure", "error")) {
                    var problems = test.getElementsByTagName(kind);
                    if (problems.getLength() > 0) {
                        failures++;
                        var message = ((Element) problems.item(0)).getAttribute("message");
                        // A class that failed before its tests has a case without a name.
                        var name = test.getAttribute("name").isEmpty() ? "" : "." + test.getAttribute("name");
                        failed.add(test.getAttribute("classname") + name + ": "
                                + message.strip().lines().findFirst().orElse(""));
                    }
                }
            }
        }
        line("%-36s %6d %6d %8d", module.getFileName(), tests, failures, skipped);
        return tests;
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private void describe(Refusal refusal) {
        line("");
        line("  %s %s (session %s)", refusal.sqlState(), refusal.message(), refusal.application());
        refusal.statement().strip().lines().forEach(sql -> line("    %s", sql));
    }

    private void line(String format, Object... values) {
        text.append(format.formatted(values)).append('\n');
    }
}
