package io.multicloudboutique.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The refusals of a build: each module appends a JSON line for each of its own to a file. Thread-safe. */
final class Refusals {

    /** The system property with the folder for the files of a build. */
    static final String FOLDER = "boutique.test.report";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Set<String> statements = new HashSet<>();

    /** @param file created with the first refusal */
    Refusals(Path file) {
        this.file = file;
    }

    static Refusals ofThisModule() {
        var module = Path.of("").toAbsolutePath().getFileName();
        return new Refusals(folder().resolve(module + ".refusals"));
    }

    static Path folder() {
        return Path.of(System.getProperty(FOLDER, "target/engine"));
    }

    synchronized void add(Refusal refusal) {
        if (!statements.add(refusal.sqlState() + refusal.statement())) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    JSON.writeValueAsString(refusal) + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the refusals of all modules. */
    static List<Refusal> ofAllModules(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            var lines = new HashSet<Refusal>();
            for (var found : files.filter(path -> path.toString().endsWith(".refusals"))
                    .sorted()
                    .toList()) {
                for (var line : Files.readAllLines(found)) {
                    lines.add(JSON.readValue(line, Refusal.class));
                }
            }
            return List.copyOf(lines);
        }
    }
}
