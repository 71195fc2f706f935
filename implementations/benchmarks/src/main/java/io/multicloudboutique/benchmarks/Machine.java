package io.multicloudboutique.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Where and when the benchmark ran: the results of another machine are not comparable. */
record Machine(
        LocalDate date, String processorName, int cores, String system, String jdk, String node, String postgresql) {

    static Machine current(String postgresql, List<String> targets) {
        boolean usesNode = targets.contains("fastify") || targets.contains("express");
        return new Machine(
                LocalDate.now(),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString(),
                usesNode
                        ? Commands.run(Path.of("."), Map.of(), List.of("node", "--version"))
                                .strip()
                        : "not used",
                postgresql);
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return "unknown processor";
        }
    }

    @Override
    public String toString() {
        return "%s; %d cores (%s), %s; JDK %s, Node.js %s, PostgreSQL %s with fsync"
                .formatted(date, cores, processorName, system, jdk, node, postgresql);
    }
}
